"""Which sentences are about sport: there a city or a country is a team, and who beats and shoots harms nobody.

A sentence needs a word that nothing else has, and another that sport has too; a text that has many such sentences is
about sport from end to end.
"""

from __future__ import annotations

from services.enrich.nlp.tree import Tree
from services.enrich.nlp.vocabulary import vocabulary

_SURE = vocabulary(
    "coach coaches coached coaching playoff playoffs play-off play-offs quarterback quarterbacks touchdown touchdowns "
    "striker midfielder midfielders goalkeeper goalkeepers goaltender defenceman defenseman winger fullback linebacker "
    "cornerback shortstop outfielder infielder catcher innings inning wicket wickets batsman batsmen bowler bowlers "
    "wicketkeeper semifinal semifinals semi-final semi-finals quarterfinal quarterfinals quarter-final quarter-finals "
    "postseason preseason offseason rookie rookies roster lineup line-up rebounds dunk lockout halftime half-time "
    "equaliser equalizer hat-trick offside shootout fixture fixtures bullpen homer homers homered strikeout "
    "strikeouts field-goal fairway birdie bogey putt knockout knockouts welterweight middleweight lightweight "
    "featherweight heavyweight cruiserweight bantamweight unbeaten unseeded seeded tiebreak tie-break backhand "
    "forehand grand-slam relegated relegation nba nfl nhl mlb ncaa wnba mls afl nascar uefa fifa wba wbc ibf atp wta "
    "pga lpga ufc f1 cricketer cricketers footballer footballers medalist medallist medalists medallists sprinter "
    "podium decathlon heptathlon freestyle backstroke referee referees umpire umpires scrum fly-half scrum-half "
    "prop-forward ballpark dugout locker-room puck goalie infield outfield pitcher pitchers batter batters slugger "
    "scoreless scoreline backcourt frontcourt linesman defensive-line defensively lineman linemen cornerbacks "
    "basketball football soccer baseball hockey rugby cricket tennis golf volleyball handball boxing bout rematch"
)
_LIKELY = vocabulary(
    "season seasons league leagues team teams teammate teammates game games match matches player players club clubs "
    "fan fans title titles champion champions championship championships cup tournament tournaments score scored "
    "scores scoring goal goals points win wins won beat beats beaten defeat defeated victory race races racing round "
    "rounds final finals draft drafted squad captain stadium arena medal medals olympic olympics olympian athlete "
    "athletes bench starter starters defender defenders receiver kicker punt yards overtime opener fouls substitute "
    "sport sports sporting lap laps undefeated comeback midfield franchise belt belts undercard assistant loss losses"
)
_SHARE = 0.25  # of its sentences that make a text one about sport
_SHARE_BY_TITLE = 0.12
_FEWEST = 2


def sport_sentences(tree: Tree) -> frozenset[int]:
    """Numbers of the sentences that are about sport."""
    sure = [0] * len(tree.sentences)
    likely = [0] * len(tree.sentences)
    found = False
    lowers = tree.lowers
    for token, lower in enumerate(lowers):
        if lower in _SURE:
            sure[tree.sentence[token]] += 1
            found = True
        elif lower in _LIKELY:
            likely[tree.sentence[token]] += 1
    if not found:
        return frozenset()
    about = {number for number, words in enumerate(sure) if words and words + likely[number] > 1}
    if len(about) >= _FEWEST:
        # Sentences that alone would not tell count in a text where others do.
        near = sum(bool(words) or likely[number] > 1 for number, words in enumerate(sure))
        if near >= (_SHARE_BY_TITLE if sure[0] and sure[0] + likely[0] > 1 else _SHARE) * len(sure):
            return frozenset(range(len(sure)))
    return frozenset(about)
