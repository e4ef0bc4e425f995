"""Kafka looked at and looked after: topics made from the table, and how far each group has read."""
