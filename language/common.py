"""Ordinary English words: capitalised at the start of a sentence they are no names, and a match on one says little."""

from __future__ import annotations

from .words import STOPWORDS

_WORDS = """
ability able according account across act action actual actually add additional additionally address afternoon
afterwards age ago agree allow almost alone along already although always amount amounts animal annual another answer
answers anybody anyone anything anyway apart appear appears apply area areas around arrive article aside ask asked
asks assuming available average away back bad based basically became become becomes began begin behind being believe
best better beyond big bit body book both bring brought building built business buy call called came cannot care carry
case cases cause caused century certain certainly chance change changed changes chapter child children choose city
clear clearly close combined come comes coming common company compare compared comparing complete computed computing
concern concerning conclusion condition consequently consider considering contain contains context continue contract
control correct cost costs count countries country couple course current currently data date dates day days deal dear
decide decided decrease describe described describes despite detail details did difference different difficult direct
directly discuss discussed document documents done door doubt dream drive dropped dropping due earlier early earth
easily easy effect effective eight eighteen either element eleven end ended enough entire equal especially essentially
even evening event events eventually every everybody everyone everything evidence evidently exact exactly example
examples except excerpt excerpts excluding exist expect experience explain explained explains eye eyes face fact facts
fall fallen family far father favor feel feels feet felt fifteen fifth fifty figure figures final finally find finds
fine finish first five follow followed following follows food foot force form former fortunately forty forward found
four fourteen fourth free friend friends front full fully furthermore future gave general generally gets girl give
given gives giving go goes going gone good great greater green grew ground group grow growing guess half hand hands
happen happened happy hard hardly hear heard heart held hello help helped helps hence hey hi high higher highest
history hold home hope hour hours house huge human hundred idea identified imagine immediately important impossible
included includes including income increase increased increasing indeed indicate indicates individual information
initially inside instead interest interesting involved item items job join just keep kept key kid kids kind kinds knew
know known knows lack land language large larger largest last lastly late later latest latter law lead leading learn
least leave leaves led left length less lest let lets letter level life light like likely likewise limit line lines
list listed listen little live lived lives living local long longer look looked looking looks lose lost lot lots love
low lower made main mainly major make makes making man many mark match matter maybe mean meaning means meanwhile
measure member members men mention mentioned mentions message met method middle might mile miles million mind mine
minute minutes miss missing moment money month months moreover morning mostly mother move moved moving mrs name named
namely names natural nature near nearly necessary need needed needs neither net never nevertheless new news next nice
night nine nineteen nobody none nonetheless normal normally north note noted notes nothing notice notwithstanding
nowhere number numbers object obviously occasionally offer office often oh ok okay old older oldest one ones open
opened opposite order ordinary original originally otherwise outside overall page pages paid part particular
particularly parties parts party passage passages past pay people perhaps period person personal phone pick piece
place placed places plan plans play played please plus point points poor possible possibly power practice present
presented presumably previous previously price primarily primary private probably problem problems process product
program provide provided provides public pull purpose put question questions quick quickly quite rate rather reach
reached read reader readers reading ready real really reason reasons received recent recently record red reduced refer
referred refers regarding related relatively remain remained remaining remains remember report reported reports
represent represents required response rest result results return returned revenue right rise road role room round
rule run running said sale sales saw say saying says scene school sea second secondly section see seem seemed seems
seen self sell send sense sent sentence sentences separate separately series serious served service set seven
seventeen seventh seventy several shape share short shortly show showed showing shown shows side sides similar
similarly simple simply single sir situation six sixteen sixth sixty size slightly slowly small smaller so-called
social sold some somebody somehow someone something sometimes somewhat somewhere soon sorry sort sorts sound source
sources south speak speaker speaking special specific specifically spend spent spoke stand standing start started
state stated statement states stay step still stood stop stopped story straight street strictly strong study subject
subsequently sudden suddenly sum summary supposed sure surely table take taken takes taking talk talked tell telling
tells ten tend term terms text texts thank thanks thee thereafter thereby therefore thing things think thinking third
thirdly thirteen thirty thou thought thousand three throughout thy time times title today together told tomorrow
tonight took top total toward towards town tried true truly try trying turn turned turns twelve twenty twice two type
types typically ultimately unable unclear understand unfortunately unless unlike unlikely upon use used useful user
uses using usual usually value values various version view vs wait walk want wanted wants warm was watch water way
ways week weekend weeks well went west what whatever whenever whereas wherever whichever whoever whole wide will wish
without woman women wonder wonderful word words work worked working works world worse worst worth wow write writing
written wrong wrote yeah year years yes yesterday yet young younger youngest yourself zero
"""

COMMON = STOPWORDS | frozenset(_WORDS.split())
"""Stop words, and the words of everyday prose, letters, reports and chats, lower case."""
