"""The meetings of the five reference documents, listed by hand: what a reader finds in each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """One meeting of one document.

    Args:
        document: the number its file name begins with.
        words: words of its name or of the title of its activity.
        ordinal: its number in its series, None if it has none.
        dates: the normal forms that the document states, one of which must be found; empty if it states none.
        place: a word of its place; empty if the document names none.
        standing: "held", "planned", or both where the document leaves it open.
    """

    document: str
    words: str
    ordinal: int | None
    dates: tuple[str, ...]
    place: str
    standing: str


def _listed(row: str) -> Listed:
    document, words, ordinal, dates, place, standing = (cell.strip() for cell in row.split("|"))
    return Listed(document, words, int(ordinal) if ordinal else None, tuple(dates.split()), place, standing)


# document | words of the name | ordinal | dates | place | standing
_ROWS = """
000 | regional subregional integration mechanisms | | 2010-10-25/2010-10-26 | caracas | held
000 | integration mechanisms productive dimension | | 2011-05-05 | caracas | held
000 | summit calc | | 2011-12-02/2011-12-03 | caracas | held
000 | national coordinators | 5 | 2013-05-09/2013-05-10 | havana | held
000 | senior officials productive industrial | | 2013-10-03/2013-10-04 | caracas | held
001 | regular meeting | 28 | 2003-04-07/2003-04-09 | caracas | held
001 | regular meeting | 43 | 2017-11-28/2017-11-30 | | held
001 | port communities | 4 | | port of spain | planned
001 | international cooperation directors | 30 | | | planned
001 | working group trade competition | 9 | | | planned
001 | disaster risk reduction | 8 | 2019 | | planned
001 | formalization msmes | | 2019-02 | | planned
001 | port communities | 3 | 2018-08-16/2018-08-17 | lima | held
001 | port communities | 3 | 2018-08-16/2018-08-18 | lima | held
001 | port communities | 3 | 2018 | lima | held
001 | colloquium port logistics | 2 | | | held
001 | seminar china conditions challenges | 4 | | | held
001 | prospective vision | | 2018-03-06/2018-03-07 | mexico | held
001 | integration index | | 2016-10-11 | guatemala | held
001 | | 1 | 2016-07 | panama city | held
001 | | 2 | 2017-07 | cartagena | held
001 | ministerial conference information society | 5 | 2015 | | held
001 | partnerships disaster resilient | 7 | 2018-11-20/2018-11-21 | mexico city | planned
001 | working group | 1 | 2011-07 | bogota | held
001 | working group | 2 | 2012-06 | lima | held
001 | working group | 3 | 2013-09 | buenos aires | held
001 | working group | 4 | 2014-11 | punta cana | held
001 | working group | 5 | 2015-12 | manta | held
001 | working group | 6 | 2016-11 | roatan | held
001 | working group | 7 | 2017-10 | san salvador | held
001 | working group | 8 | 2018 | brazil | held
001 | progresses poverty reduction | | | | planned
001 | high-level food security | | 2008-05 | | held
001 | consultation price food | | 2009-09 | | held
001 | international cooperation directors food | 23 | 2012-10 | | held
001 | food losses waste | | | | planned
001 | impact evaluation disaster | | | | planned
001 | introduction evaluation impact | | 2017-08 | | held
001 | assessment impact medium-sized | | 2018-09 | | held
001 | public policies promotion support smes | | 2015 | cartagena | held
001 | update study index | | | san jose | held
001 | workshop implementation index | | | panama city | held
001 | workshop launch index | | 2017-05 | jalisco | held
001 | workshop validation index | | 2018-07 | bogota | held
001 | technical workshop index central america | | 2017-10 | san salvador | held
001 | internationalization seminar | | | | planned
001 | e-commerce opportunities | | | | planned
001 | meeting india | 1 | | | planned
001 | intercontinental dialogue | | | | held
003 | regular meeting | 42 | 2016-10-26/2016-10-28 | caracas | held planned mentioned
003 | regular meeting | 28 | 2003-04-07/2003-04-09 | caracas | held
003 | regular meeting | 37 | 2011-10-19/2011-10-21 | caracas | held
003 | regular meeting | 38 | 2012-10-17/2012-10-19 | caracas | held
003 | regular meeting | 41 | 2015-11-25/2015-11-27 | caracas | held
003 | regional meeting regional trade | | 2017-07 | | planned
003 | seminar prospective vision | | 2017-09 | | planned
003 | regional meeting labour market | | 2017-09 | | planned
003 | regional meeting strategic alliances | | 2017-12 | | planned
003 | regional meeting impact natural disasters | | 2017-09 | | planned
003 | integration index | | | guatemala | held
003 | single windows | 9 | 2017-10 | | planned
003 | single windows | 8 | 2016-10 | | held
003 | course electronic trade | | 2017-05/2017-07 | | planned
003 | course legal aspects | | 2015 | | held
003 | port communities | 1 | 2016-07-14/2016-07-16 | panama | held
003 | port communities | 2 | 2017-07 2017 | cartagena | planned
003 | strategies methodologies clusters | | 2016-07 | | held
003 | international cooperation directors | 21 | 2010 | mexico | held
003 | free-trade zones | 1 | 2012-09-20/2012-09-21 | cali | held
003 | approaches methodologies public policies | | 2017-07 | | planned
003 | disaster risk reduction | 6 | 2017-05 | | planned
003 | disaster risk reduction | 5 | 2016-10-06/2016-10-07 | santiago | planned
003 | world conference disaster | 3 | 2015-03 | japan | held
003 | international cooperation directors | 28 | 2017-06 | | planned
003 | international cooperation directors | 27 | 2016-10-13/2016-10-14 | lima | held
003 | officials science technology | 2 | 2014 | | held
003 | summit heads state | 3 | 2015 | costa rica | held
003 | seminar opportunities cooperation | | 2017-12 | | planned
003 | working group trade competition | 7 | 2017 | | planned
003 | working group trade competition | 6 | 2016-11-02/2016-11-04 | roatan | planned
003 | update study index | | 2016-07 | san jose | held
003 | workshop implementation index | | 2016-09-20/2016-09-21 | panama city | held
003 | workshop intellectual property | | | | planned
003 | digital course entrepreneurship | | 2017-06/2017-08 | | planned
003 | innovative mechanisms financing | | 2017-09 | | planned
003 | guarantee systems central america | | 2013-10-31/2013-11-01 | san salvador | held
003 | credit guarantee systems caribbean | | 2014-10-14/2014-10-15 | georgetown | held
003 | financing guarantees caribbean | | 2015-10-15/2015-10-16 | kingston | held
003 | financing guarantees central america | | 2015-09-03/2015-09-04 | san jose | held
003 | training workshop continuity | | 2017-01/2017-03 | | planned
003 | bi-regional | 1 | 1999 | | held
003 | high-level event | | 2015-06 | | held
003 | celac-eu summit | 1 | 2013 | | held
003 | celac-eu summit | 2 | 2015 | | held
003 | celac-eu summit | 3 | 2017 | | planned
003 | united states relations | | 2013-10-18 | caracas | held
003 | meeting korea | | 2017-06 | | planned
002 | export consortiums caribbean | | 2014-05-08 | lima | held
004 | workshop inter-secretariat | | 2024-04-05 | virtual | held
004 | summit celac | 8 | 2024-03-01/2024-03-02 | kingstown | held
004 | seminar food nutrition | | 2023-04-20 | san salvador | held
004 | seminar energy integration | | 2023-04-21 | san salvador | held
004 | seminar disaster climate | | 2023-05-09 | guatemala city | held
004 | seminar production chains | | 2023-07-27 | montevideo | held
004 | food nutrition | | 2023-09-27 | | held
004 | production chains | | 2023-10-04 | | held
004 | sustainable energy | | 2023-10-06 | | held
004 | cross-border cooperation | | 2023-10-11 | | held
004 | workshop tools identification | | 2023-10-08 | | held
004 | production linkages | | | | held
004 | summit | 7 | | | held
004 | workshop production chains | | 2024-05 | | planned
004 | cross-border cooperation | | 2024-05-16/2024-05-31 | | planned
004 | food nutrition security | | 2024-06 | | planned
"""

MEETINGS = tuple(_listed(row) for row in _ROWS.strip().splitlines())
