"""First names that the same person may use. Pure data: each line is one set of names.

The release check treats all names of a line as equal. The search uses only names with a star, because each one makes
more people look alike.
"""

from collections.abc import Iterable

_LINES = """
abigail abi abbie abby gail
abraham abe bram
albert bert bertie al albie
alexander* alex* alec alexei sandy* sasha xander* al lex
alexandra* alex* lexi* lexie sandra* sandy sasha alexa
alfred alf alfie fred freddie
amanda mandy manda
andrew* andy* drew*
angela angie ange
anne ann anna annie nan nancy
anthony* tony* antony ant
antonia* toni*
arthur art artie
barbara barb babs barbie
benjamin* ben* benny benji benjy
bernard bernie
beverley bev
caitlin* kaitlyn* katelyn*
caroline carol carrie caz lina
catherine* katherine* kathryn* katharine cath cathy* kath kathy* kate* katie* katy kit kitty* kat* cat
charles* charlie* chas chuck*
charlotte* charlie* lottie* lotte char
christina christine* chris* chrissie tina* chrissy kirsty
christopher* chris* kit* topher
daniel* dan* danny*
danielle dani danni
david* dave* davey* davy dai
deborah debra deb debs debbie
dominic dom nic
donald don donny
dorothy dot dotty dolly dora
edward* ed* eddie* ted* teddy* ned
eleanor* elinor ellie* nell* nelly nora* lena
elizabeth* elisabeth liz* lizzie* lizzy beth* betty* bess bessie betsy eliza* libby* lisa* elsie* liza lilibet
emily* em* emmy* millie
emma em emmy
ernest ernie
florence flo florrie flossie
frances* fran* frankie* fanny
francis* frank* frankie*
frederick* fred* freddie* freddy
gabriel* gabe*
gabrielle gabby gaby
geoffrey jeffrey geoff jeff
george* georgie*
georgina georgia georgie gina
gerald* gerry* jerry*
gillian gill jill jilly
grainne* granya*
gregory greg
gwendolen gwen gwenda
harold* harry* hal
harriet hattie harry
helen nell ellen lena
henry* harry* hank* hal
isabel* isabelle* isabella* bella* belle izzy* issy izzie bel isobel*
jacob* jake* jakey
jacqueline jackie jacqui jaqui jac
james* jim* jimmy* jamie* jem
janet jan jane
jason jay jase
jennifer* jen* jenny* jenna jennie
jeremy jerry jem
jessica* jess* jessie*
joanna joanne jo joey
john* johnny* jack* jon
jonathan* jon* jonny* johnathan jonty
joseph* joe* joey* jos
josephine* jo* josie*
joshua* josh*
judith judy jude
julia julie jules
kenneth* ken* kenny*
kimberley kim kimmy
laura laurie lauren
lawrence* laurence larry* laurie*
leonard* leo* len* lenny
lewis louis lou lew louie
louise* lou*
madeleine* madeline maddie* maddy*
margaret* maggie* meg* megan peggy* marge margie* madge greta rita* daisy
martin marty
mary* molly* polly* may maria marie mae*
matilda tilly mattie tilda
matthew* matt* matty*
maureen mo
maxwell maximilian max
melanie mel
melissa mel missy
michael* mike* mick* micky mikey mickey*
michelle shell chelle shelly
mohammed* muhammad* mohamed* mohammad* muhammed* mohamad mo* md
natalie* nat*
natasha tasha nat
nathaniel* nathan* nate nat*
niamh* neve* neave*
nicholas* nick* nicky* nico
nicola* nicole nicky* nikki* nic
oisin* osheen*
oliver* ollie* olly
olivia* liv* livvy* ollie
pamela* pam*
patricia* pat* patsy* patty trish* tricia*
patrick* pat* paddy* rick
paula pauline polly
penelope penny pen
peter* pete*
philip* phillip phil* pip
rebecca* becky* becca* bex becks
reginald reg reggie
richard* rick* ricky* dick* dickie rich richie*
robert* rob* bob* bobby* robbie* bert*
ronald* ron* ronnie*
rosa* rosie*
rose* rosie*
rosemary rosie rose romy
russell russ
sadhbh* sive*
samantha* sam* sammy*
samuel* sam* sammy*
saoirse* seersha*
sarah* sara sally* sadie*
sean* shaun* shawn*
sebastian seb bas
sharon shaz shazza
sidney sydney sid syd
simon si
siobhan* shivon* chevonne* shevaun*
stephanie* steph* stevie
stephen* steven* steve* stevie*
stuart stewart stu
susan* susanne suzanne sue* susie* suzy suzie*
suzannah susannah susie
sylvia syl
terence* terry* tel
teresa theresa* tess* tessa* terry* tracy
theodore* theo* ted* teddy
thomas* tom* tommy* thom
timothy* tim* timmy*
valerie val
victor vic
victoria* vicky* vicki tori* vic
vincent* vince* vinny
vivienne vivian viv
walter wally walt
wilfred wilf fred
william* will* bill* billy* willy liam* wills willie*
yvonne vonnie
zachary* zach* zack* zak
"""


def _others(lines: Iterable[list[str]]) -> dict[str, frozenset[str]]:
    """For each name in these lines, the other names of its lines."""
    found: dict[str, set[str]] = {}
    for line in lines:
        for name in line:
            found.setdefault(name, set()).update(line)
    return {name: frozenset(others - {name}) for name, others in found.items()}


_SPLIT = [line.split() for line in _LINES.strip().split("\n")]
_EVERY_NAME = _others([name.rstrip("*") for name in line] for line in _SPLIT)
FOR_SEARCH = _others([name[:-1] for name in line if name.endswith("*")] for line in _SPLIT)


def also_called(name: str) -> frozenset[str]:
    """The other names that a person called ``name`` (folded) may use."""
    return _EVERY_NAME.get(name, frozenset())


def names_for_search(name: str) -> frozenset[str]:
    """The other names that the search treats as ``name`` (folded)."""
    return FOR_SEARCH.get(name, frozenset())


# Short names that are also words or months: they count only together with the surname.
ALSO_WORDS = frozenset({
    "may", "will", "bill", "art", "pat", "rob", "sue", "dot", "pen", "max", "nan", "jack", "rose", "daisy", "polly",
    "ant", "gene", "mark", "rich", "chuck", "hank", "sandy", "belle", "tilly", "jude", "terry", "shell", "drew", "bob",
    "kit", "kat", "cat", "char", "mel", "nat", "pip", "rick", "tel", "bell", "gail", "jay", "mandy", "marge", "harry",
})  # fmt: skip
