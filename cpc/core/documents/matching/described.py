"""Find a place that is described without its name: "the flat behind the station". Pure.

Whether it is the place that must not be learnt cannot be told here, so it is asked about.
"""

import re
from collections.abc import Iterator

from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.protected import Kind, Protected

_WHERE = (
    r"near(?:by|est)?(?:\s+to)?|behind|beside|opposite|above|over|next\s+(?:door\s+)?to|close\s+(?:by\s+)?to|facing|across\s+"
    r"(?:the\s+(?:road|street)\s+)?from|(?:a)?round\s+the\s+(?:corner|back)\s+(?:from|of)|along\s+from|up\s+the\s+"
    r"(?:road|street|hill)\s+from|down\s+the\s+(?:road|street|hill)\s+from|(?:in|within)\s+sight\s+of|by|"
    r"adjacent\s+to|alongside|overlook(?:s|ing)|back(?:s|ing)\s+on\s*to|(?:across|not\s+far|up|down)\s+from|past|"
    r"(?:minutes?|minutes?[’']?\s+walk|walk|drive|ride|yards?|metres?|miles?|doors?|streets?|stops?|throw)\s+"
    r"(?:away\s+|down\s+|up\s+|along\s+)?from|on\s+the\s+same\s+(?:street|road)\s+as|on\s+the\s+corner\s+(?:of|with)"
)
_MARK = (
    r"station|church|chapel|mosque|temple|synagogue|school|nursery|college|university|park|hospital|surgery|clinic|shops?|"
    r"supermarket|market|pub|library|bus\s+stop|garage|canal|river|lake|sea|beach|harbour|bridge|roundabout|crossroads|"
    r"post\s+office|chip\s+shop|chemist|pharmacy|cemetery|crematorium|stadium|football\s+ground|leisure\s+centre|swimming\s+"
    r"pool|town\s+hall|police\s+station|fire\s+station|motorway|railway|playground|recreation\s+ground|allotments?|common|"
    r"woods?|airport|docks?|co-?op|vets?|dentist|gym|takeaway|laund(?:e)?rette|job\s?centre|hotel|tower|green|estate|"
    r"prison|courts?|cinema|theatre|museum|castle|mill|factory|farm"
)
_PLACES = re.compile(
    rf"\b(?:{_WHERE})\s+(?:the|an?|our|his|her|their|your)\s+(?:[\w’'-]+\s+){{0,2}}?(?:{_MARK})\b", re.IGNORECASE
)


def hits(page: Page, wanted: list[Protected]) -> Iterator[Hit]:
    """Every place described by what is near it, where a place that must not be described is among what is wanted."""
    whose = dict.fromkeys(one.whose for one in wanted if one.kind == Kind.DESCRIBED)
    if not whose:
        return
    for found in _PLACES.finditer(page.text):
        yield Hit(Protected(Kind.DESCRIBED, found.group(), ", ".join(filter(None, whose))), *found.span())
