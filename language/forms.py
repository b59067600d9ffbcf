"""Word forms that stemming cannot bring together: irregular verbs and plurals, and words that go with one relation."""

from __future__ import annotations

_IRREGULAR = """
arise arose arisen; bear bore born borne; beat beaten; become became; begin began begun; bend bent; bet; bind bound;
bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred; bring brought; build built; burn burnt;
buy bought; catch caught; choose chose chosen; cling clung; come came; creep crept; deal dealt; dig dug; draw drew
drawn; dream dreamt; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt;
fight fought; find found; flee fled; fling flung; fly flew flown; forbid forbade forbidden; forget forgot forgotten;
forgive forgave forgiven; freeze froze frozen; get got gotten; give gave given; go went gone; grind ground; grow grew
grown; hang hung; hear heard; hide hid hidden; hold held; keep kept; kneel knelt; know knew known; lay laid; lead led;
leap leapt; learn learnt; leave left; lend lent; lie lain; light lit; lose lost; make made; mean meant; meet met;
mistake mistook mistaken; overcome overcame; pay paid; prove proven; ride rode ridden; ring rang rung; rise rose
risen; run ran; say said; see saw seen; seek sought; sell sold; send sent; shake shook shaken; shine shone; shoot
shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid; speak spoke
spoken; speed sped; spell spelt; spend spent; spill spilt; spin spun; split; spoil spoilt; spread; spring sprang
sprung; stand stood; steal stole stolen; stick stuck; sting stung; strike struck stricken; strive strove; swear swore
sworn; sweep swept; swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told; think
thought; throw threw thrown; undergo underwent; understand understood; undertake undertook undertaken; wake woke
woken; wear wore worn; weave wove woven; weep wept; win won; wind wound; withdraw withdrew withdrawn; write wrote
written; man men; woman women; child children; foot feet; tooth teeth; goose geese; mouse mice; person people; life
lives; wife wives; half halves; knife knives; leaf leaves; thief thieves; die dying; tie tying
"""
_RELATED = """
born birth birthplace birthday birthdate; die death dead deceased; marry wife husband spouse married marriage wedding
bride; author write novelist writer; son father parent child; daughter mother parent child; mother parent; father
parent; king queen reign monarch ruler; buy purchase acquire acquisition; sell sale; begin start commence; end finish
conclude terminate expire; job work employ employment occupation career; company firm corporation business; car
vehicle; ship vessel boat; home house; film movie; illness sick disease ill; doctor physician surgeon; pay payment
paid salary wage; cost price fee; pupil student; teacher professor; city town; country nation nationality; location
located situated; call name; surname name; large big; first chief; small little; rescue save; gift present;
hobby hobbies pastime;
kid child son daughter; reason because; movie film; employee worker staff; law legal statute; agreement contract;
lawsuit sue litigation; error mistake defect; duration period term; insurance insure; assign transfer; bar prohibit
forbid restrict; trip travel journey visit; buddy friend; picture photo image; meal food dish; capital expenditure
purchase property plant equipment; revenue sales; profit income earnings
"""


def _pairs(table: str) -> list[list[str]]:
    return [entry.split() for entry in table.replace("\n", " ").split(";")]


BASE = {form: base for base, *forms in _pairs(_IRREGULAR) for form in forms}
"""Irregular form -> base form."""

RELATED = tuple(tuple(entry) for entry in _pairs(_RELATED))
"""Groups of words of which one in the question often meets another in the answer."""
