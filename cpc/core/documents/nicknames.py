"""First names that the same person may use. Pure data: each line is one set of names.

The release check treats all names of a line as equal. The search uses only names with a star, because each one makes
more people look alike.
"""

from collections.abc import Iterable

_LINES = """
abdullah abdul abdallah
abdulrahman abdul
abigail abi abbie abby gail
abraham abe bram
agnieszka aga
ahmed ahmad ahmet
aisha ayesha aysha
albert bert bertie al albie
aleksander sasha olek alexander
aleksandr sasha alexander
aleksandra ola olka sasha alexandra
alexander* alex* alec alexei sandy* sasha xander* al lex
alexandra* alex* lexi* lexie sandra* sandy sasha alexa
alfred alf alfie fred freddie
alison ali ally allie
alistair alasdair alastair ali ally al
alun alan allan allen
amanda mandy manda
amelia millie milly amy mia
andrew* andy* drew*
angela angie ange
angus gus
anna ania anya
anne ann anna annie nan nancy
anthony* tony* antony ant
antonia* toni*
aoife eefa
archibald archie
arthur art artie
barbara barb babs barbie basia
barry baz bazza
bartholomew bart barty bartley
bartosz bartek bartlomiej
beatrice bea trixie
belinda linda
benjamin* ben* benny benji benjy
bernard bernie
beverley bev
brendan bren
caitlin* kaitlyn* katelyn*
callum calum cal
caoimhe keeva kweeva
caroline carol carrie caz lina
cassandra cassie cass sandra
catherine* katherine* kathryn* katharine cath cathy* kath kathy* kate* katie* katy kit kitty* kat* cat
cerys carys
charles* charlie* chas chuck*
charlotte* charlie* lottie* lotte char
christina christine* chris* chrissie tina* chrissy kirsty
christopher* chris* kit* topher
ciaran kieran kieron
claire clare clair
constance connie
cynthia cindy
daniel* dan* danny*
danielle dani danni
darren daz
david* dave* davey* davy dai
deborah debra deb debs debbie
deirdre dee
derek del
dexter dex
dmitri dmitry dima
dolores lola
dominic dom nic
donald don donny
dorothy dot dotty dolly dora
douglas doug dougie
edward* ed* eddie* ted* teddy* ned
eimear emer
ekaterina katya kate
eleanor* elinor ellie* nell* nelly nora* lena elle
elena lena
elizabeth* elisabeth liz* lizzie* lizzy beth* betty* bess bessie betsy eliza* libby* lisa* elsie* liza lilibet
emily* em* emmy* millie
emma em emmy
emmanuel manny
eoin owen eoghan euan ewan
ernest ernie
fatima fatema fatimah
ffion fion
florence flo florrie flossie
frances* fran* frankie* fanny
francis* frank* frankie*
frederick* fred* freddie* freddy
gabriel* gabe*
gabriella gabby gabi gaby ella
gabrielle gabby gaby
gareth gaz gary
gary gaz gazza
geoffrey jeffrey geoff jeff
george* georgie*
georgina georgia georgie gina
gerald* gerry* jerry*
gertrude trudy gert
gillian gill jill jilly
graham graeme
grainne* granya*
gregory greg
grzegorz grzes greg
gwendolen gwen gwenda
harold* harry* hal
harriet hattie harry hatty hettie
helen nell ellen lena
helena lena
henry* harry* hank* hal
herbert bert herbie
holly hols
hugh hugo huw hughie
hussein husain hussain hossain
ibrahim ebrahim ibraheem
ignatius iggy
imogen immy
isabel* isabelle* isabella* bella* belle izzy* issy izzie bel isobel*
ivan vanya
jac jack
jacob* jake* jakey
jacqueline jackie jacqui jaqui jac
jakub kuba jacob
james* jim* jimmy* jamie* jem
jan janek jasiek
janet jan jane
jason jay jase
jennifer* jen* jenny* jenna jennie
jeremy jerry jem
jessica* jess* jessie*
joanna joanne jo joey asia
john* johnny* jack* jon
jonathan* jon* jonny* johnathan jonty
joseph* joe* joey* jos
josephine* jo* josie*
joshua* josh*
judith judy jude
julia julie jules
katarzyna kasia kaska kate
katrina kat katie trina
kenneth* ken* kenny*
kevin kev
khadija khadijah khadeeja
kimberley kim kimmy
krzysztof krzys krzysiek chris
laura laurie lauren
lawrence* laurence larry* laurie*
leon leo
leonard* leo* len* lenny
lewis louis lou lew louie
lillian lily lil lilly lillie
llewellyn llew llywelyn
louise* lou*
luke lucas luca
maciej maciek
mackenzie mckenzie kenzie mac
madeleine* madeline maddie* maddy*
madison maddie maddy
magdalena magda maggie
mair mary
maire mary
malgorzata gosia margaret
margaret* maggie* meg* megan peggy* marge margie* madge greta rita* daisy mags marnie
mariam maryam miriam
martin marty
mary* molly* polly* may maria marie mae*
matilda tilly mattie tilda
matthew* matt* matty*
maureen mo
maurice mo
maxwell maximilian max
melanie mel
melissa mel missy
michael* mike* mick* micky mikey mickey*
michelle shell chelle shelly
mikhail misha michael
mildred milly millie
miriam mimi
mohammed* muhammad* mohamed* mohammad* muhammed* mohamad mo* md
montague monty
natalia natasha natalya
natalie* nat*
natasha tasha nat
nathaniel* nathan* nate nat*
niamh* neve* neave*
nicholas* nick* nicky* nico
nicola* nicole nicky* nikki* nic
oisin* osheen*
oliver* ollie* olly
olivia* liv* livvy* ollie
omar umar omer
orla orlagh orlaith
oscar oz ozzie
padraig patrick paddy
pamela* pam*
patricia* pat* patsy* patty trish* tricia*
patrick* pat* paddy* rick
paula pauline polly
pawel paul
penelope penny pen
peter* pete*
philip* phillip phil* pip
phoebe phebe
piotr piotrek peter
rachel rach rachael shelley
rafael raphael raf rafe
raymond ray
rebecca* becky* becca* bex becks
reginald reg reggie
rhys reece reese rees
richard* rick* ricky* dick* dickie rich richie*
robert* rob* bob* bobby* robbie* bert*
roderick rory rod roddy
roisin rosheen
roland roly rowland
ronald* ron* ronnie*
rosa* rosie*
rose* rosie*
rosemary rosie rose romy
rupert ru
russell russ
sadhbh* sive*
samantha* sam* sammy*
samuel* sam* sammy*
saoirse* seersha*
sarah* sara sally* sadie*
seamus james shay
sean* shaun* shawn*
sebastian seb bas
sharon shaz shazza
sidney sydney sid syd
simon si
sinead shinade
siobhan* shivon* chevonne* shevaun*
sofia sophia sophie zofia zosia
stanislaw staszek stas stan
stanley stan
stephanie* steph* stevie
stephen* steven* steve* stevie* ste
stuart stewart stu
susan* susanne suzanne sue* susie* suzy suzie*
suzannah susannah susie
sylvia syl
tabitha tabby tabs
taylor tay
terence* terry* tel
teresa theresa* tess* tessa* terry* tracy
theodore* theo* ted* teddy
thomas* tom* tommy* thom
timothy* tim* timmy*
tobias toby
tomasz tomek thomas tom
usman osman uthman
valerie val
veronica vera ronnie
victor vic
victoria* vicky* vicki tori* vic
vincent* vince* vinny
virginia ginny
vivienne vivian viv
vladimir vova volodya
walter wally walt
wilfred wilf fred
wilhelmina minnie billie
william* will* bill* billy* willy liam* wills willie*
winifred winnie freda
wojciech wojtek
yasmin yasmine jasmine jasmin
yusuf youssef yousef yousuf
yvonne vonnie
zachary* zach* zack* zak
zahra zara
zainab zaynab zeinab
zbigniew zbyszek
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


# Short names that are also words: alone they count only inside a sentence, with a capital letter.
ALSO_WORDS = frozenset({
    "may", "will", "bill", "art", "pat", "rob", "sue", "dot", "pen", "max", "nan", "jack", "rose", "daisy", "polly",
    "ant", "gene", "mark", "rich", "chuck", "hank", "sandy", "belle", "tilly", "jude", "terry", "shell", "drew", "bob",
    "kit", "kat", "cat", "char", "mel", "nat", "pip", "rick", "tel", "bell", "gail", "jay", "mandy", "marge", "harry",
    "ray", "asia", "lily", "mac", "rod", "tabs", "al", "ed",
})  # fmt: skip
