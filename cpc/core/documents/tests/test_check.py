"""The release check. The two tables grow with every miss and every false alarm; nothing is ever taken out of them."""

from time import process_time

import pytest

from cpc.core.documents.check import release_check
from cpc.core.documents.nicknames import FOR_SEARCH, also_called
from cpc.core.documents.protected import (
    Kind,
    Protected,
    protect_address,
    protect_fact,
    protect_house_name,
    protect_person,
    protect_phone,
    protect_school,
)

ROSE = protect_person("Rose", "Patel")
ORLA = protect_person("Orla", "O’Brien")
SIAN = protect_person("Siân", "Smith-Jones")
ZOFIA = protect_person("Zofia", "Wąłęsa")
HUSSAIN = protect_person("Amir", "Hussain")
CLAIR = protect_person("Ada", "St Clair")
HOME = protect_address("Flat 2", "14 Pennywort Lane", "Harrowmere", postcode="ZZ9 9OZ")
HIGH = protect_address("7a St Mary’s Street, Harrowmere ZZ1 2AB")
NAMED = protect_address("The Old Forge", "Church Road", "Harrowmere")
PHONE = protect_phone("07700 900123")
LANDLINE = protect_phone("+44 (0)1632 960456")
EMAIL = [Protected(Kind.EMAIL, "rose.patel@example.org")]
REFUGE = [Protected(Kind.PHRASE, "Larkspur Refuge")]
SCHOOL = [Protected(Kind.PLACE, "St Brannoc’s Primary")]

KATE = protect_person("Katherine", "Marlow")
TWENTY = protect_address("21 Mill Row, Harrowmere")
HUNDRED = protect_address("104 Mill Row")
SCOTS = protect_address("Flat 3/9 Dock Street")
RANGE = protect_address("12-14 Fore Street")
ANNES = protect_school("St. Anne’s CE Primary School")
ALDER = protect_school("Alder Lane Primary School")
MOOR = protect_address("3 Alder Moor Lane")
WHYTE = protect_address("8 Whyte Road")
STATION, STN = protect_address("9 Station Road"), protect_address("9 Stn Rd")
GREAT = protect_address("9 Great Victoria Street")
LARCH = [*protect_address("Larch House", "2 Church Lane"), *protect_house_name("Larch House")]
KRAKOW = protect_address("ul. Floriańska 3/4", "31-021 Kraków", "POLAND")
DUBLIN = protect_address("12 Baggot Street Lower", "Dublin", "D02 X285", "IRELAND")
UPPER, QUARR = protect_address("62 Upper Mill Road"), protect_address("37 Quarrington Crescent")
TAGGED = [Protected(Kind.EMAIL, "kirsty.o'neill+home@example.org")]
UNDER = [Protected(Kind.EMAIL, "kirsty_oneill@example.org")]
BARTS = protect_school("St Bartholomew’s Junior School")
QUEENS = protect_school("Queen Elizabeth’s Grammar School")
DAWN = protect_person("Dawn", "Marlow")
LARKSPUR = protect_house_name("Larkspur Women’s Refuge")
BRIDGE = [Protected(Kind.PLACE, "the Bridge")]
EASTWICK = [Protected(Kind.PLACE, "Eastwick")]
PATERNITY, ISNT = protect_fact("not the father"), protect_fact("isn't the father")
FACT = protect_fact("prison\npaternity test")

# Spellings and pet names that the search has always taken for one name. The check asks about each, either way round.
PAIRS = """
    antonia toni, bella isobel, bill willie, billy willie, caitlin kaitlyn, caitlin katelyn, chevonne shevaun,
    chevonne shivon, chevonne siobhan, grainne granya, isabel isobel, isabella isobel, isabelle isobel, isobel izzy,
    kaitlyn katelyn, liam willie, mae mary, mae molly, mae polly, neave neve, neave niamh, neve niamh, oisin osheen,
    rosa rosie, sadhbh sive, saoirse seersha, sean shaun, sean shawn, shaun shawn, shevaun shivon, shevaun siobhan,
    shivon siobhan, sue suzie, susan suzie, susie suzie, will willie, william willie
"""
# Names from families of many origins, and short names that everybody uses: only the check knows these.
MORE_PAIRS = """
    abdullah abdul, aisha ayesha, ahmed ahmad, alison ali, amelia millie, angus gus, anna ania, aoife eefa, barbara
    basia, beatrice bea, caoimhe keeva, callum cal, ciaran kieran, claire clare, constance connie, derek del, dmitri
    dima, douglas doug, ekaterina katya, emmanuel manny, eoin owen, ffion fion, gabriella gabby, gary gaz, holly
    hols, hugh huw, hussein husain, ibrahim ebrahim, jakub kuba, joanna asia, katarzyna kasia, katrina katie, kevin
    kev, khadija khadijah, krzysztof krzys, leon leo, lillian lil, luke lucas, mackenzie kenzie, madison maddie,
    magdalena magda, mair mary, malgorzata gosia, margaret mags, mariam maryam, mikhail misha, natalia natasha, omar
    umar, oscar oz, padraig patrick, piotr piotrek, rachel rach, rafael raphael, raymond ray, rhys reece, roisin
    rosheen, seamus james, sofia sophia, stanislaw staszek, stanley stan, tabitha tabby, tobias toby, tomasz tomek,
    usman osman, veronica vera, virginia ginny, vladimir volodya, winifred winnie, wojciech wojtek, yasmin yasmine,
    yusuf youssef, zahra zara, zainab zaynab, zofia zosia
"""
NAMES = [tuple(pair.title().split()) for pair in " ".join(f"{PAIRS.strip()}, {MORE_PAIRS}".split()).split(", ")]

# protected, the text, the kinds that must be found
SPELLINGS = [
    (ROSE, "Rose Patel came.", {Kind.FULL_NAME}),
    (ROSE, "rose patel came.", {Kind.FULL_NAME}),
    (protect_person("Rufus", "With"), "Then Mr With came.", {Kind.SURNAME}),
    (protect_person("Rufus", "With"), "Then rufus with came.", {Kind.FULL_NAME}),
    (ROSE, "ROSE PATEL", {Kind.FULL_NAME}),
    (ROSE, "Rose\nPatel", {Kind.FULL_NAME}),
    (ROSE, "Rose\u200b Pa\u00adtel", {Kind.FULL_NAME}),
    (ROSE, "Patel, Rose", {Kind.FULL_NAME}),
    (ROSE, "Rose Anne Patel", {Kind.FULL_NAME}),
    (ROSE, "Rose and Tom Patel", {Kind.FULL_NAME}),
    (ROSE, "Rose-Patel", {Kind.FULL_NAME}),
    (ROSE, "RosePatel", {Kind.FULL_NAME}),
    (ROSE, "Rose Patel’s plan", {Kind.FULL_NAME}),
    (ROSE, "Rоse Pаtel", {Kind.FULL_NAME}),  # Cyrillic o and a
    (ROSE, "Ｒｏｓｅ Ｐａｔｅｌ", {Kind.FULL_NAME}),
    (ROSE, "Rose was at school.", {Kind.FIRST_NAME}),
    (ROSE, "We saw Rose’s room.", {Kind.FIRST_NAME}),
    (ROSE, "Mrs Patel said so.", {Kind.SURNAME}),
    (ROSE, "The Patels moved.", {Kind.SURNAME}),
    (ROSE, "Rose told Mrs Patel so.", {Kind.FIRST_NAME, Kind.SURNAME}),
    (ORLA, "Orla O'Brien", {Kind.FULL_NAME}),
    (ORLA, "Orla O`Brien", {Kind.FULL_NAME}),
    (ORLA, "Orla OBrien", {Kind.FULL_NAME}),
    (ORLA, "Orla O Brien", {Kind.FULL_NAME}),
    (ORLA, "Mr O Brien", {Kind.SURNAME}),
    (ORLA, "Mr O’Brien’s car", {Kind.SURNAME}),
    (SIAN, "Sian Smith Jones", {Kind.FULL_NAME}),
    (SIAN, "Sia\u0302n Smith‑Jones", {Kind.FULL_NAME}),
    (SIAN, "Mrs Jones", {Kind.SURNAME}),
    (SIAN, "Mrs SmithJones", {Kind.SURNAME}),
    (ZOFIA, "Zofia Walesa", {Kind.FULL_NAME}),
    (HUSSAIN, "Amir Hussein", {Kind.FULL_NAME}),
    (HUSSAIN, "Mr Husain", {Kind.SURNAME}),
    (HUSSAIN, "Mr Hussian", {Kind.SURNAME}),
    (HUSSAIN, "Mr Hus\u00adsain", {Kind.SURNAME}),
    (CLAIR, "Ada Saint Clair", {Kind.FULL_NAME}),
    (CLAIR, "Mrs St. Clair", {Kind.SURNAME}),
    (HOME, "14 Pennywort Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "14, Pennywort Ln.", {Kind.NUMBER_AND_STREET}),
    (HOME, "No. 14 PENNYWORT LANE", {Kind.NUMBER_AND_STREET}),
    (HOME, "14\nPennywort\nLane", {Kind.NUMBER_AND_STREET}),
    (HOME, "fourteen Pennywort lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "number 14 on Pennywort Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "Pennywort Lane, number 14", {Kind.NUMBER_AND_STREET}),
    (HOME, "14 Penywort Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "14 Pennywort", {Kind.NUMBER_AND_STREET}),
    (HOME, "14 Pennywort Laen", {Kind.NUMBER_AND_STREET}),
    (HOME, "१४ Pennywort Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "a flat on Pennywort Lane", {Kind.STREET}),
    (HOME, "Pennywort Lane on 14 March", {Kind.STREET}),
    (HOME, "at 140 Pennywort Lane", {Kind.STREET}),
    (HOME, "ZZ9 9OZ", {Kind.POSTCODE}),
    (HOME, "zz99oz", {Kind.POSTCODE}),
    (HOME, "ZZ9 90Z", {Kind.POSTCODE}),
    (HOME, "Z Z 9   9 O Z", {Kind.POSTCODE}),
    (HOME, "ZZ9-9OZ", {Kind.POSTCODE}),
    (HOME, "ZZ9\n9OZ", {Kind.POSTCODE}),
    (HIGH, "7A Saint Marys St", {Kind.NUMBER_AND_STREET}),
    (HIGH, "7 A St. Mary's Str", {Kind.NUMBER_AND_STREET}),
    (HIGH, "St Mary’s Street", {Kind.STREET}),
    (HIGH, "ZZ12AB", {Kind.POSTCODE}),
    (NAMED, "The Old Forge, Church Rd", {Kind.NUMBER_AND_STREET}),
    (NAMED, "moved to the Old Forge", {Kind.PLACE}),
    (NAMED, "near Church Road", {Kind.STREET}),
    (PHONE, "07700900123", {Kind.PHONE}),
    (PHONE, "+44 7700 900 123", {Kind.PHONE}),
    (PHONE, "0044 (0)7700-900-123", {Kind.PHONE}),
    (PHONE, "(07700) 900.123", {Kind.PHONE}),
    (PHONE, "07700 900\n123", {Kind.PHONE}),
    (LANDLINE, "01632 960456", {Kind.PHONE}),
    (LANDLINE, "ring 960456", {Kind.PHONE}),
    (EMAIL, "write to Rose.Patel@Example.org", {Kind.EMAIL}),
    (REFUGE, "at larkspur refuge", {Kind.PHRASE}),
    (SCHOOL, "goes to Saint Brannocs Primary", {Kind.PLACE}),
    (ROSE, "R. Patel came.", {Kind.FULL_NAME}),
    (ROSE, "R Patel came.", {Kind.FULL_NAME}),
    (ROSE, "R. J. Patel came.", {Kind.FULL_NAME}),
    (ROSE, "Patel, R.", {Kind.FULL_NAME}),
    (ROSE, "R o s e  P a t e l", {Kind.FULL_NAME}),
    (ROSE, "P A T E L", {Kind.SURNAME}),
    (ROSE, "Rose Pa-\ntel came.", {Kind.FULL_NAME}),
    (ROSE, "Mrs Pa-\ntel came.", {Kind.SURNAME}),
    (ROSE, "R0se Pate1", {Kind.FULL_NAME}),
    (ROSE, "Rose\fPatel", {Kind.FULL_NAME}),
    (ROSE, "Rosie Patel", {Kind.FULL_NAME}),
    (ROSE, "Rosie is well.", {Kind.FIRST_NAME}),
    (KATE, "Kate Marlow", {Kind.FULL_NAME}),
    (KATE, "Katie was at school.", {Kind.FIRST_NAME}),
    (KATE, "K. Marlow", {Kind.FULL_NAME}),
    (KATE, "Ꮶatherine Marlоw", {Kind.FULL_NAME}),  # a Cherokee K, a Cyrillic o
    (SIAN, "Sian Jones", {Kind.FULL_NAME}),
    (SIAN, "Siân Smith", {Kind.FULL_NAME}),
    (SIAN, "S. Smith-Jones", {Kind.FULL_NAME}),
    (HOME, "No 14, Pennywort Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "14 Penny-\nwort Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "14 Pеnnywort Lane", {Kind.NUMBER_AND_STREET}),  # Cyrillic e
    (HOME, "14 Penny\u200bwort Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "14 Pennywort-Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "Flat 2/14 Pennywort Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "ZZ9 9O\u00adZ", {Kind.POSTCODE}),
    (TWENTY, "Twenty-one Mill Row", {Kind.NUMBER_AND_STREET}),
    (TWENTY, "at twenty one Mill Row", {Kind.NUMBER_AND_STREET}),
    (HUNDRED, "a hundred and four Mill Row", {Kind.NUMBER_AND_STREET}),
    (HUNDRED, "one hundred and four, Mill Row", {Kind.NUMBER_AND_STREET}),
    (SCOTS, "Flat 3, 9 Dock Street", {Kind.NUMBER_AND_STREET}),
    (SCOTS, "9 Dock St", {Kind.NUMBER_AND_STREET}),
    (SCOTS, "3/9 Dock Street", {Kind.NUMBER_AND_STREET}),
    (RANGE, "12 Fore Street", {Kind.NUMBER_AND_STREET}),
    (RANGE, "12–14 Fore Street", {Kind.NUMBER_AND_STREET}),
    (PHONE, "O77OO 9OO123", {Kind.PHONE}),
    (PHONE, "07700\u200b900\u200b123", {Kind.PHONE}),
    (PHONE, "07700/900/123", {Kind.PHONE}),
    (PHONE, "+44(0)7700.900.123", {Kind.PHONE}),
    (EMAIL, "rose.patel (at) example (dot) org", {Kind.EMAIL}),
    (EMAIL, "rose.patel at example dot org", {Kind.EMAIL}),
    (EMAIL, "rose.patel@example\u200b.org", {Kind.EMAIL}),
    (ANNES, "St Anne's CE Primary School", {Kind.SCHOOL}),
    (ANNES, "Saint Annes Primary", {Kind.SCHOOL}),
    (ANNES, "St. Annes C of E School", {Kind.SCHOOL}),
    (ANNES, "at St Annes", {Kind.PLACE}),
    (ALDER, "Alder Lane Primary", {Kind.SCHOOL}),
    (ALDER, "Alder Ln School", {Kind.SCHOOL}),
    (ALDER, "ALPS rang.", {Kind.PLACE}),
    (FACT, "He was in prison.", {Kind.FACT}),
    (FACT, "while PRISON visits", {Kind.FACT}),
    (FACT, "a paternity test", {Kind.FACT}),
    # A street as it sounds, joined to its number, written for a machine, or short as people write it.
    (MOOR, "3 Alder More Lane", {Kind.NUMBER_AND_STREET}),
    (MOOR, "Alder Moore Ln, no. 3", {Kind.NUMBER_AND_STREET}),
    (MOOR, "on Alder More Lane", {Kind.STREET}),
    (WHYTE, "8 White Rode", {Kind.NUMBER_AND_STREET}),
    (HOME, "14Pennywort Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "14 PennywortLane", {Kind.NUMBER_AND_STREET, Kind.STREET}),
    (HOME, "14_Pennywort_Lane.jpg", {Kind.NUMBER_AND_STREET}),
    (HOME, "q=14%20Pennywort%20Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "q=14+Pennywort+Lane%2C", {Kind.NUMBER_AND_STREET}),
    (HOME, "14&nbsp;Pennywort&#32;Lane", {Kind.NUMBER_AND_STREET, Kind.STREET}),
    (HOME, "14 Pennyw't Ln", {Kind.NUMBER_AND_STREET}),
    (HOME, "14 Penny’t Ln", {Kind.NUMBER_AND_STREET}),
    (STATION, "9 Stn Rd", {Kind.NUMBER_AND_STREET}),
    (STATION, "by Sta. Road", {Kind.STREET}),
    (STN, "9 Station Road", {Kind.NUMBER_AND_STREET}),
    (GREAT, "9 Gt Vic St", {Kind.NUMBER_AND_STREET}),
    (GREAT, "Gt. Vict. Street 9", {Kind.NUMBER_AND_STREET}),
    (LARCH, "2 Ch Ln", {Kind.NUMBER_AND_STREET}),
    (LARCH, "They stay at The Larches", {Kind.PLACE}),
    (LARCH, "at Larch Hse", {Kind.PLACE}),
    # A number with other signs between its digits, or with some digits as words.
    *((PHONE, sign.join(("07700", "900", "123")), {Kind.PHONE}) for sign in "|*·=~+;#…"),
    (PHONE, "[07700] {900} <123>", {Kind.PHONE}),
    (PHONE, "07700 900 one two three", {Kind.PHONE}),
    (PHONE, "oh double seven double oh nine double oh one two three", {Kind.PHONE}),
    (PHONE, "zero seven, seven zero zero, 900 then one two three", {Kind.PHONE}),
    # Postcodes, mail addresses and places on a map.
    (HOME, "ZZ9 and then 9OZ", {Kind.POSTCODE}),
    (HOME, "zed zed nine, nine oh zed", {Kind.POSTCODE}),
    (HOME, "Zulu Zulu nine 9 Oscar Zulu", {Kind.POSTCODE}),
    (HOME, "double zed nine nine oh zed", {Kind.POSTCODE}),
    (HOME, "they are at 51.50722, -0.12750 now", {Kind.MAP}),
    (HOME, "at 51°30′26″N 0°7′39″W", {Kind.MAP}),
    (HOME, "grid TQ 300 804", {Kind.MAP}),
    (HOME, "///filled.count.soap", {Kind.MAP}),
    (HOME, "meet at filled.count.soap on Monday", {Kind.MAP}),
    (HOME, "https://goo.gl/maps/Ab3 shows it", {Kind.MAP}),
    (HOME, "geo:51.5072,-0.1275", {Kind.MAP}),
    (HOME, "9C3XGV4C+XV", {Kind.MAP}),
    (EMAIL, "rose.patel(@)example.org", {Kind.EMAIL}),
    (EMAIL, "rose.patel [@] example . org", {Kind.EMAIL}),
    (EMAIL, "rose dot patel at example dot org", {Kind.EMAIL}),
    (EMAIL, "rose.patel_at_example.org", {Kind.EMAIL}),
    # One word in lower case that is no English word.
    (KATE, "seen with katherine", {Kind.FIRST_NAME}),
    (KATE, "then katie came", {Kind.FIRST_NAME}),
    (KATE, "with katherine’s coat", {Kind.FIRST_NAME}),
    (KATE, "a letter for marlow", {Kind.SURNAME}),
    (EASTWICK, "moved to eastwick", {Kind.PLACE}),
    # Encoded twice, as mail programs and programs write it.
    (HOME, "q=14%2520Pennywort%2520Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "14=20Pennywort=20Lane", {Kind.NUMBER_AND_STREET}),
    (HOME, "14\\u0020Pennywort\\u0020Lane", {Kind.NUMBER_AND_STREET}),
    (PHONE, "07700 nine hundred 123", {Kind.PHONE}),
    (PHONE, "07700 900 one hundred and twenty-three", {Kind.PHONE}),
    # Schools by initials, with dots, of another kind.
    (ANNES, "SAPS rang.", {Kind.PLACE}),
    (ANNES, "at S.A.P.S.", {Kind.PLACE}),
    (ALDER, "at A.L.P.S.", {Kind.PLACE}),
    (ALDER, "ALP rang.", {Kind.PLACE}),
    (ALDER, "AL Primary", {Kind.SCHOOL}),
    (ALDER, "A.L. Primary", {Kind.SCHOOL}),
    (ALDER, "alder lane juniors", {Kind.SCHOOL}),
    (ALDER, "Alder Lane Academy", {Kind.SCHOOL}),
    # Facts said otherwise.
    (PATERNITY, "He isn’t the father.", {Kind.FACT}),
    (PATERNITY, "He is not the child's father.", {Kind.FACT}),
    (PATERNITY, "not her real father", {Kind.FACT}),
    (PATERNITY, "He wasn't the father.", {Kind.FACT}),
    (ISNT, "He is not the father.", {Kind.FACT}),
    (PATERNITY, "he isnt the father", {Kind.FACT}),
    (PATERNITY, "He cannot be the father.", {Kind.FACT}),
    (PATERNITY, "He can’t be the father.", {Kind.FACT}),
    (PATERNITY, "He never was the father.", {Kind.FACT}),
    (PATERNITY, "He is not really the father.", {Kind.FACT}),
    (ISNT, "isn’t his birth father", {Kind.FACT}),
    (PATERNITY, "He is no longer the father.", {Kind.FACT}),
    (PATERNITY, "no longer her real father", {Kind.FACT}),
    (protect_fact("no longer his carer"), "She isn’t his carer.", {Kind.FACT}),
    # Initials, and a place without its kind.
    (DAWN, "D.M. said so.", {Kind.INITIALS}),
    (DAWN, "D. M. said so.", {Kind.INITIALS}),
    (DAWN, "DM said so.", {Kind.INITIALS}),
    (DAWN, "DM’s mother rang.", {Kind.INITIALS}),
    (SIAN, "S.S.J. came, then SJ.", {Kind.INITIALS}),
    (LARKSPUR, "at the Larkspur", {Kind.PLACE}),
    (LARKSPUR, "they stay in larkspur", {Kind.PLACE}),
    (BRIDGE, "at The Bridge on Monday", {Kind.PLACE}),
    # A short name that is a word too, inside a sentence.
    (protect_person("Henry", "Marlow"), "They saw Harry there.", {Kind.FIRST_NAME}),
    (protect_person("William", "Hart"), "It was Will, who came.", {Kind.FIRST_NAME}),
    (protect_person("John", "Hart"), "She and Jack came.", {Kind.FIRST_NAME}),
    (protect_person("Mohammed", "Hart"), "Mo came.", {Kind.FIRST_NAME}),
    (protect_person("Josephine", "Hart"), "Jo fetched her.", {Kind.FIRST_NAME}),
    (protect_person("Edward", "Hart"), "She rang Ed twice.", {Kind.FIRST_NAME}),
    (protect_person("Edward", "Hart"), "Ed Psych was there.", set()),
    (protect_person("Mohammed", "Hart"), "Ana Lake MD wrote it.", set()),
    # Letters of mathematics, a mailbox in other words, three words, a word that sounds the same at its end.
    (ROSE, "𝐑𝐨𝐬𝐞 𝐏𝐚𝐭𝐞𝐥 came.", {Kind.FULL_NAME}),
    (HOME, "𝟏𝟒 𝖯𝖾𝗇𝗇𝗒𝗐𝗈𝗋𝗍 𝖫𝖺𝗇𝖾", {Kind.NUMBER_AND_STREET}),
    (EMAIL, "rose patel at example org", {Kind.EMAIL}),
    (EMAIL, "rose.patel at sign example dot org", {Kind.EMAIL}),
    (EMAIL, "rose dot patel (at) example org", {Kind.EMAIL}),
    (EMAIL, "rose.patel+home@example.org", {Kind.EMAIL}),
    (PHONE, "07700 nine double-oh 123", {Kind.PHONE}),
    (HOME, "what3words: filled count soap", {Kind.MAP}),
    (MOOR, "3 Alda Moor Lane", {Kind.NUMBER_AND_STREET}),
    (MOOR, "on Alder Mour Lane", {Kind.STREET}),
    (GREAT, "9 Gr Victoria St", {Kind.NUMBER_AND_STREET}),
    (ALDER, "office@alderlaneprimary.sch.uk", {Kind.SCHOOL}),
    (ANNES, "www.stannesprimary.org", {Kind.SCHOOL}),
    (PATERNITY, "He is not the dad.", {Kind.FACT}),
    (protect_fact("his dad is in hiding"), "His father is in hiding.", {Kind.FACT}),
    (PATERNITY, "not actually her natural father", {Kind.FACT}),
    # Addresses abroad.
    (KRAKOW, "Floriańska 3/4", {Kind.NUMBER_AND_STREET}),
    (KRAKOW, "on Florianska", {Kind.STREET}),
    (DUBLIN, "d02x285", {Kind.POSTCODE}),
    *((protect_person(one, "Marlow"), f"On Tuesday {other} Marlow came.", {Kind.FULL_NAME}) for one, other in NAMES),
    *((protect_person(one, "Marlow"), f"On Tuesday {other} Marlow came.", {Kind.FULL_NAME}) for other, one in NAMES),
    (HOME, "She is often in Pennywort.", {Kind.STREET}),
    (HOME, "somewhere near pennywort", {Kind.STREET}),
    (HOME, "PennywortLane14", {Kind.NUMBER_AND_STREET}),
    (HOME, "Rosa lives at \u202eenaL trowynneP 41\u202c now", {Kind.NUMBER_AND_STREET}),
    (MOOR, "a flat in Alder Moor", {Kind.STREET}),
    (DUBLIN, "Lower Baggot Street", {Kind.STREET}),
    (DUBLIN, "12 Lr Baggot St", {Kind.NUMBER_AND_STREET}),
    (DUBLIN, "Baggot", {Kind.STREET}),
    (UPPER, "62 Mill Road Upper", {Kind.NUMBER_AND_STREET}),
    (QUARR, "37 Kwarrington Crescent", {Kind.NUMBER_AND_STREET}),
    (LANDLINE, "01632 nine-sixty 456", {Kind.PHONE}),
    (LANDLINE, "01632 96 04 fifty-six", {Kind.PHONE}),
    (TAGGED, "kirsty.oneill@example.org", {Kind.EMAIL}),
    (TAGGED, "kirsty o'neill at example dot org", {Kind.EMAIL}),
    (UNDER, "kirsty underscore oneill at example dot org", {Kind.EMAIL}),
    (UNDER, "kirsty[underscore]oneill(at)example(dot)org", {Kind.EMAIL}),
    (BARTS, "She goes to St Bart’s.", {Kind.PLACE}),
    (QUEENS, "She goes to Queen Liz’s.", {Kind.PLACE}),
    (protect_fact("is in the refuge"), "Mum’s in the refuge", {Kind.FACT}),
    (protect_fact("they will leave him"), "They’ll leave him.", {Kind.FACT}),
    (protect_fact("she’s left him"), "She has left him.", {Kind.FACT}),
    # Two letters out beside its own number.
    (QUARR, "37 Quarinton", {Kind.NUMBER_AND_STREET}),
    (QUARR, "thirty seven, Quarrynton Cres", {Kind.NUMBER_AND_STREET}),
    (QUARR, "Quarinton Crescent 37", {Kind.NUMBER_AND_STREET}),
    # A number in words that can be read in two ways.
    (protect_phone("01632 960417"), "nought 1632 nine hundred and sixty four one seven", {Kind.PHONE}),
    (protect_phone("01632 960417"), "01632 nine sixty-four one seven", {Kind.PHONE}),
    (protect_phone("01632 964417"), "01632 nine hundred and sixty four four one seven", {Kind.PHONE}),
    # A Latin name in Cyrillic letters, as it sounds.
    (DAWN, "Доун Марлоу приходила", {Kind.FULL_NAME}),
    (DAWN, "приходила МАРЛОУ, Дон", {Kind.FULL_NAME}),
    (protect_person("Jack", "Kowalski"), "Джек Ковальский", {Kind.FULL_NAME}),
    (protect_person("Theo", "Smith"), "Тео был здесь", {Kind.FIRST_NAME}),
    (HOME, "на Пенниворт Лейн", {Kind.STREET}),
    # An address recorded in one line with its town, or from its end.
    *(
        (protect_address(*lines, postcode="ZZ9 9OZ"), "at 37 Quarrington Road", {Kind.NUMBER_AND_STREET})
        for lines in (
            ("37 Quarrington Road Harrowmere",),
            ("Harrowmere 37 Quarrington Road",),
            ("Quarrington Road", "37"),
            ("ZZ9 9OZ Harrowmere 37 Quarrington Road Harrowmere",),
            ("ZZ9 9OZ", "37 Quarrington Road"),
        )
    ),
]
# protected, the text that gives nothing away
SILENT = [
    (ROSE, "Prices rose again and a rose grew."),
    (ROSE, "Roseanne and Patelson"),
    (ROSE, "Primrose"),
    (HUSSAIN, "He hustled."),
    (HOME, "the lane had 14 pennies"),
    (HOME, "XZZ9 9OZ1"),
    (PHONE, "Invoice 9007700900"),
    (LANDLINE, "on 30 March 2026"),
    (protect_person("", ""), "Anything at all"),
    ([Protected(Kind.SURNAME, " ")], "Anything at all"),
    (protect_person("Mary", "Hart"), "In May they moved."),
    (protect_person("William", "Hart"), "Will you come?"),
    (protect_person("Abel", "Rowe")[:1], "A Rowe of trees"),
    (KATE, "The cat sat."),
    (ALDER[:1], "Alder trees on the lane by the school"),
    (ANNES[:1], "Saint Anne was a saint. The school is shut."),
    (FACT, "imprisoned for a test"),
    (TWENTY, "twenty one-pound coins in the mill"),
    (protect_person("Grace", "Hill"), "by the grace of a hill"),
    (EASTWICK, "the east wick of a candle"),
    (PATERNITY, "He is the father."),
    (HOME, "see www.example.org and e.g. the page, i.e. this one."),
    (ROSE, "at 51.50722, -0.12750"),  # nothing of hers says where she is
    (MOOR, "3 alder trees, more or less, in the lane"),
    (STATION, "9 stones on the road"),
    (PATERNITY, "He is no longer a danger to the father."),
    (DAWN, "the M.D. and D.M.V., dm"),
    (protect_person("Grace", "Patel"), "The GP wrote. G.P. letter."),
    (protect_person("Anna", "Marlow"), "at 10 a.m. and 11 A.M."),
    (LARKSPUR, "a women’s refuge for families"),
    (BRIDGE, "over the bridge to the centre"),
    (protect_person("William", "Hart"), "It is over. Will you come?"),
    (protect_person("Mary", "Hart"), "They moved in May."),
    (EMAIL, "rose patel, an example of an organisation"),
    (PATERNITY, "He is not at home with the father."),
    (protect_person("Rufus", "With"), "Share it with those who need it."),
    (protect_person("Ngozi", "Their"), "They have their own copies."),
    (protect_address("4 London Road"), "the London Borough"),
    (protect_address("9 St Hilda’s Close"), "Rosa is at St Hilda’s School."),
    (protect_address("9 Mary’s Close"), "Mary came."),
    (protect_address("9 Victoria Road"), "Victoria came."),
    (protect_address("8 Church Street"), "They went to Church."),
    (protect_address("2 New Road"), "New plans for the road"),
    (protect_fact("is in the refuge"), "Mum’s cat in the refuge"),
    (UNDER, "kirsty and oneill at an example of an organisation"),
    (QUARR, "37 Barrington Crescent, and 37 quarries"),
    (TWENTY, "twenty one one-pound coins"),
    (protect_address("1 Mill Row"), "at twenty one Mill House"),
    (DAWN, "Она дома. Анна и Пётр Иванов"),
]


@pytest.mark.parametrize(("protected", "text", "kinds"), SPELLINGS)
def test_a_spelling_is_found(protected, text, kinds):
    assert {finding.kind for finding in release_check(f"She said so.\n{text}\nThat was all.", protected)} == kinds


@pytest.mark.parametrize(("protected", "text"), SILENT)
def test_a_word_that_only_looks_like_it_is_not_found(protected, text):
    assert release_check(text, protected) == []


def test_what_the_reader_knows_is_not_found_and_the_rest_still_is():
    hart = protect_person("Rose", "Hart")
    text = "Rose Hart lives with Rose Patel. Rose is well."
    assert [finding.kind for finding in release_check(text, ROSE, known=hart)] == [Kind.FULL_NAME]
    assert release_check("14 Pennywort Ln", HOME, known=protect_address("14 Pennywort Lane")) == []


def test_a_childs_other_first_name_is_found_where_the_reader_knows_the_surname():
    anna = protect_person("Anna", "Marlow")
    for name, other in (("Rosa", "Rosie"), ("Sean", "Shaun"), ("Katherine", "Kate")):
        (finding,) = release_check(
            f"On Tuesday {other} Marlow was at school.", protect_person(name, "Marlow"), known=anna
        )
        assert (finding.kind, finding.found) == (Kind.FULL_NAME, f"{other} Marlow")


def test_the_check_treats_two_names_as_one_wherever_the_search_does():
    alike = [(one, other) for one, others in FOR_SEARCH.items() for other in others]
    assert len(alike) > 700
    assert [(one, other) for one, other in alike if other not in also_called(one)] == []


def test_a_known_neighbour_of_a_long_name_is_no_slip():
    parker, barker = protect_person("Rose", "Parker"), protect_person("Rose", "Barker")
    assert release_check("Rose Barker came", parker)[0].kind == Kind.FULL_NAME
    assert release_check("Rose Barker came", parker, known=barker) == []


@pytest.mark.parametrize(
    "run",
    [" ", "kirsty.oneill+", "kirsty (", "kirsty.\t", "one ", "a_", "%2525", "7700 ", "a b ", ".", "1", "sixty one ",
     "14 ", "Пенни "],
)  # fmt: skip
def test_long_runs_of_one_sign_take_no_longer_than_other_text(run):
    began = process_time()
    release_check("kirsty.oneill" + run * (200_000 // len(run)), [*TAGGED, *UNDER, *PHONE, *HOME, *KATE])
    assert process_time() - began < 10
