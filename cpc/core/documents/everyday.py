"""English words that are also names of people, streets or places. Pure data.

The release check asks about a name in lower case ("katherine", "eastwick"), unless it is one of these: "he will come to
the church" names nobody. A name that is missing here is asked about once too often, which harms nobody.
"""

_WORDS = """
abbey abbot academy acre adder alder ale alley amber angel ant apple april arbour arch archer arrow art ash ashes
aspen aster august avenue axe bach back badger bailey baker bald ball bank banks banner bar barber bard bark barley
barn baron barrow basil bass baston batch bath battle bay beach beacon beam bean bear beard beck bee beech bell belle
bench bend bent berry best bible bill bills birch bird birds bishop black blade blank blaze bless blessing block bloom
blossom blue blunt board boat bolt bond bone bonny book books boot booth border boss bow bowl bowler bowman box boy
boyce brace bracken bradawl brag braid brake bramble branch brand brass brave bread break breeze brew brewer briar
brick bride bridge bridges bright brim bring bristle broad broadway brook brooks broom brown browning brush buck bud
budge bull bullock bump bunch bunting burden burn burns burr bush butcher butler butter button cage cain cairn call
calm camp can candy cannon canon cape caper car card care carol carp carpenter carpet carriage cart carter carver case
cash cast castle cat cave cedar cell centre chain chalk chamber chambers champion chance chancellor chandler channel
chant chapel chaplain char charge charity charm chase cheer cherry chess chest chester chestnut chick child childs
chill chip choice christian christmas chuck church churchill circle city clamp clap clark clash clay clear cleave
cleaver clement clerk cliff clifton clinic cloak close cloud clough clover coast coat cobb cobble cock cod coffee coin
coke cold cole college collier colt comb comfort common cone cook cooper cope copper copse coral cord corn corner
cottage cotton couch council county court cove cow cowan coward crab craft crane crease creek crescent cress cricket
crisp croft crook cross crow crowd crown crowther cruise crystal cup curry curtain curtis cut cutler cutter dab daisy
dale dam dame damp dance dark dart dash dawn day days deacon dean dear dearth deed deep deer dell den dew diamond dick
dill dipper ditch dock dodge doe dog doll dolphin don door dot dove down downs drake draper draw dream drew drift
drink drive driver drop drove drover drum duck duke dune dusk dust duty dwell dyer dyke eagle earl early earth east
easter eastern eden edge egg elder elect ellen elm ember emerald end english estate estates evening ever every ewe eye
fair fairy faith falcon fall farm farmer farrier farrow fast faulty fawn fear feather felt fen fence fern ferry few
field fields fig finch finn fir fire first fish fisher fist flag flame flat flax fleet fleming flight flint flora
flores flower flowers fly fold foot force ford forest forge fork fort fortune forward foster foul found fountain fowl
fowler fox frame france frank free freeman french fresh friar friday friend frost fry full fuller furlong gain gale
gallop game gap garden gardener gardens garland garlic garner garter gate gates gay gem general genesis gent gentle
giant gift gill gin glade glass glaze glee glen glove glover goat god gold golden good goods goose gorge gorse grace
grain grammar grand grange granger grant grape grass grave gravel graves gray grebe green greenwood grey grief grim
grip groom grove grow guard guest guild gull gully gun gypsy hack hail hale hall halls halt ham hand hands handy happy
harbour hard hardy hare harm harmony harp harper harrow harry harsh hart harvest hat hatch hatter haven haw hawk
hawthorn hay hayward hazel head heal heard heart hearth heath heather heaven hedge hedges held helm help hemp hen
herald herb herd heron herring hick high hill hills hilt hind hoard hobby hogg hold holder hole holiday hollow holly
holm holt home honey honour hood hook hooper hop hope horn hornet horse hospital host hostel hotel hound house how
howe hug hull humble hunt hunter hurdle hurst husband hyde ice idle infant ink inn iris iron island ivory ivy jack
jackal jade jarred jasmine jay jean jet jewel job joiner jolly jordan joy judge july june junior juniper jury just
justice keel keen keep kestrel key keys kid kill kiln kind king kingdom kings kirk kiss kit kite knee knife knight
knights knot knowledge lace lad lady lake lamb lamp lance lancer land landing lands lane lark last latch laurel
lavender law lawn laws lawyer lay leaf league lean leap leather led leek leg lemon lent level lever liberty lichen
light lily lime line linen link lion list little live lock locke lodge loft long look loom loop lord love lovely lover
low lower lucky lunch lyre mace maid maiden main major makepeace mallard mallet malt man manner manor maple marble
march mare margin marigold marine mark market marks marl marsh marshal marshall marten martin mash mason mast master
masters mat match matter maverick may mayor mead meadow meadows means meet mellow melody memory mercer merchant mercy
mere merit merry mid middle might mile miles mill miller mills millstone mind miner minister mint mirror miss mist
mitre moat mole monday monk moon moor moore moors moral more morning morrow moss moth mother motley mound mount
mountain mouse mower muse music must myrtle nail nan nature neat neck needle nest new newman nice nick night
nightingale nobel noble noon north northern nurse nursery nut nutter oak oaks oat oats ocean old olive opal open
orange orchard orchid osprey otter over owl owner oxen oyster pace pack page paige pain paint painter palace pale palm
palmer pansy paper parish park parker parrot parson parsons part partridge past paste pat patience pea peace peach
peacock peak pear pearl peel pen pence penny people pepper perch perry pet petal pheasant pick piece pier pigeon pike
pilgrim pillar pilot pine pink pit pitch place plain plane planet plank plant plate plough plover plum pool pope
poplar poppy port porter post pott potter potts pound powder power praise prayer preacher press price pride priest
prim primary prime primrose prince princess print prior priory prison private proctor proud providence prudence pry
public punch purple purse quail quarry queen quick quiet quill rabbit race rail rain rainbow ram ramp range ranger
rash rat rattle raven raw ray read reader ready reap red redman redwood reed reef reeve reeves refuge regent reign
remedy rest rice rich riches ride rider ridge riding rift right ring ripple rise river rivers roach road rob robin
rock rocks rod roe roman rook room root rope rose rosemary roses rough round row rowan royal ruby rudder rue rule rush
rushes rust rye sable sack saddle saddler saffron sage sail sailor saint saints sale sally salmon salt sand sanders
sands sandy sang sapphire saturday savage savour saw sawyer say scarlet scholar school score scott scout scribe sea
seal season second secondary seed self sell senior serene sergeant service sexton shade shadow shady sharp shaw
shearer shed sheep shell shelter shepherd shield shilling shine ship shoe shore short shot shrub side sight silence
silk silver simple sing singer singh single skill skinner sky slade slate slater sloe small smart smith snell snow
soft sole song songs sorrel south southern spade spark sparrow spear special speed spence spicer spring springs square
squire squires stable stack staff stag stage stair stamp stand standing star stark starling start station stead steal
steel steep stem step sterling steward stile still stock stoke stone stones storey stork storm story stout strange
stranger straw stream street streets string strong stubble sudden sue summer summers sun sunday sunny surf surgery
swallow swan swann sweet swift sword sycamore table tailor talent tall tanner tansy taper target tart tattle tawny
taylor teal teller temper tempest temple tender terrace thatch thatcher thicket thistle thorn thorns thrift thrush
thursday tide tiger tile tiler till tilly timber time tinker tinkler toad today toll tomb tooth top torch tout tower
town towns track trader travel treasure tree trees trick trim trinity triumph trout true trust trustee tuck tudor
tuesday tulip turn turner turpin twelve twig twine twist tyler under union upper usher vale valley vane variety vault
vicar vicarage victor victory view villa village vine vineyard viola violet virgin virtue vision voice wade wager
wagon wait waite wake walk walker wall waller walls walnut war ward warden ware warm warner warren warrior wash waste
watch water waters watt wave way ways weald wear weather weaver web wedge wednesday weed week weir welcome weld well
wells welsh west western whale wharf wheat wheel wheeler whisper white whole wick wicket wide wild wilder will willow
wills wind window winds winter wise wish wit wolf wonder wood woodland woodman woods wool word words work worker world
worth wren wright yard yarrow year yeoman yew yield york young zeal
about above across after again against also although among another because been before behind being below between both
could does doing during each else even from further have having here herself himself however into itself less like many
most much myself near neither never none nothing often once only onto other others ought ours perhaps quite rather same
several shall should since some soon such than that their them themselves then there these they this those though
through together towards unless until upon very were what when where whether which while with within without would your
yours yourself
"""

EVERYDAY = frozenset(_WORDS.split())
_SHORT = """
am pm nb ps uk us eu tv rc ce gp sw hv la pc dc ds di dv cp id it ok ie eg pa pr ot iq hr ed ba ma md mr ms dr st rd ab
ac ad ah an as at be bc by ca cv do go he hi if in is me my no of oh on or re so to up we ta va vc ea ft hq oap sen nhs
dob dna cpp fgc asd bsl pdf upn
"""
# Short forms that reports are full of, so that they are nobody’s initials.
SHORT_FORMS = frozenset(_SHORT.split())
_OF_PLACES = """
the old new and of women womens men mens family families child children childrens young people peoples mother mothers
baby community residential domestic abuse safe day town city village civic county council meeting church parish general
royal district memorial health medical youth sure start
"""
# Words in the names of many places, so that they are no place’s own name.
OF_MANY_PLACES = frozenset(_OF_PLACES.split())
_OF_STREETS = """
london york oxford cambridge bristol lincoln durham winchester gloucester worcester salisbury canterbury windsor
richmond manchester birmingham liverpool leeds exeter bath dover brighton wellington nelson waterloo trafalgar
westminster kensington lancaster leicester nottingham derby warwick carlisle bedford hereford edinburgh cardiff dublin
belfast scotland england wales ireland halfway sheffield bradford newcastle portsmouth southampton hampton buckingham
"""
# Large towns and what many streets are called after: a letter that says "London" speaks of no street.
OF_MANY_STREETS = frozenset(_OF_STREETS.split())
