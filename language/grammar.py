"""Words of grammar by language, and the words that questions are asked with: they tell which language a text is in,
and say nothing about where an answer is.

English is in `words`; a language is called by its ISO 639-1 code. Scripts that one language of ours is written in
need no words to be told, but have some that questions should not be matched by.
"""

from __future__ import annotations

GRAMMAR = {
    "de": """der die das den dem des ein eine einer einem einen eines und oder aber nicht kein keine keinen keiner ist
    sind war waren wird werden wurde wurden worden hat haben hatte hatten sein seine seiner seinem seinen ihr ihre
    ihrer ihrem ihren er sie es wir uns ich du mich mir dich dir ihm ihn ihnen man sich mit von vom zu zum zur bei beim
    nach aus auf an am in im ins für über unter vor durch um gegen ohne bis seit als wie wenn dass daß ob weil denn da
    dann doch noch nur auch so sehr schon mehr dieser diese dieses diesem diesen jener jede jeder jedes alle alles
    welche welcher welches welchen welchem wer wen wem wessen was wann wo woher wohin warum weshalb wieso wieviel wie
    viel viele kann können konnte muss müssen soll sollen sollte darf dürfen will wollen wollte gibt hier dort""",
    "nl": """de het een en of maar niet geen is zijn was waren wordt worden werd werden heeft hebben had hadden ik je
    jij u hij zij ze wij we jullie hun hen haar hem mij mijn jouw uw ons onze dit dat deze die er hier daar met van
    voor naar bij aan op in uit over onder tussen door om te tot tegen zonder sinds als dan toen want omdat dus ook nog
    maar alleen zeer al meer welke welk wie wiens wat wanneer waar waarom hoe hoeveel kan kunnen kon moet moeten zal
    zullen zou wil willen mag veel alle elk elke iets niets zich zelf""",
    "da": """den det de en et og eller men ikke ingen er var blev bliver blive har havde have jeg du han hun vi i dem
    ham hende mig dig os sig sin sit sine min mit mine din dit dine hans hendes deres dette denne disse der som at med
    af fra til ved på om over under efter før mellem uden mod hos for når da hvis fordi så også kun meget mere hvem
    hvad hvor hvornår hvorfor hvordan hvilken hvilket hvilke mange kan kunne skal skulle vil ville må alle hver noget
    nogen ind ud op ned være været""",
    "no": """den det de en et ei og eller men ikke ingen er var ble blir bli har hadde ha jeg du han hun vi dere dem
    ham henne meg deg oss seg sin sitt sine min mitt mine din ditt dine hans hennes deres dette denne disse der som at
    å med av fra til ved på om over under etter før mellom uten mot hos for når da hvis fordi så også bare kun mye mer
    hvem hva hvor når hvorfor hvordan hvilken hvilket hvilke mange kan kunne skal skulle vil ville må alle hver noe
    noen inn ut opp ned være vært""",
    "sv": """den det de en ett och eller men inte ingen inget är var blev blir bli har hade ha jag du han hon vi ni
    dem honom henne mig dig oss sig sin sitt sina min mitt mina din ditt dina hans hennes deras detta denna dessa där
    som att med av från till vid på om över under efter före mellan utan mot hos för när då om eftersom så också bara
    mycket mer vem vems vad vart när varför hur vilken vilket vilka många kan kunde ska skall skulle vill ville måste
    alla varje något någon in ut upp ner vara varit""",
    "fr": """le la les l un une des du de d et ou mais ne n pas plus est sont était étaient fut furent sera seront a
    ont avait avaient eu été être avoir je j tu il elle on nous vous ils elles me m te t se s lui leur leurs mon ma mes
    ton ta tes son sa ses notre nos votre vos ce c cet cette ces cela ça qui que qu quoi dont où quand comment pourquoi
    combien quel quelle quels quelles lequel laquelle lesquels avec sans pour par dans en sur sous entre vers chez
    depuis pendant avant après contre jusque jusqu comme si car donc aussi très bien tout tous toute toutes même autre
    peut peuvent doit doivent fait y au aux ainsi lorsque lorsqu puisque environ selon""",
    "es": """el la los las un una unos unas lo al del de y e o u pero no ni es son era eran fue fueron será ser está
    están estaba estaban ha han había habían hay yo tú él ella ellos ellas nosotros usted ustedes me te se le les nos
    mi mis tu tus su sus nuestro nuestra este esta estos estas ese esa eso esto aquel aquella que qué quien quién
    quienes quiénes cuál cuáles cuándo cuando dónde donde cómo como cuánto cuánta cuántos cuántas porque por para con
    sin en sobre entre hasta desde hacia contra durante según si más muy también ya sólo solo todo toda todos todas
    otro otra puede pueden debe tiene tenía así""",
    "pt": """o a os as um uma uns umas ao aos à às do da dos das no na nos nas de e ou mas não nem é são era eram foi
    foram será ser está estão estava estavam tem têm tinha há eu tu ele ela eles elas nós você vocês me te se lhe lhes
    meu minha teu tua seu sua seus suas nosso este esta estes estas esse essa isso isto aquele aquela que quem qual
    quais quando onde como quanto quanta quantos quantas porque por pelo pela pelos pelas para com sem em sobre entre
    até desde contra durante segundo se mais muito também já só todo toda todos todas outro outra pode podem deve num
    numa dum duma""",
    "it": """il lo la i gli le l un uno una del dello della dei degli delle dell al allo alla ai agli alle all dal
    dalla dai dalle dall nel nello nella nei negli nelle nell sul sulla sui sulle sull di a da in con su per tra fra e
    ed o ma non né è sono era erano fu furono sarà essere stato stata ha hanno aveva avevano avere io tu lui lei noi
    voi loro mi ti si ci vi ne gli mio mia tuo tua suo sua suoi sue nostro questo questa questi queste quello quella
    che chi cui quale quali quando dove come quanto quanta quanti quante perché cosa cos se più molto anche già solo
    tutto tutti tutte altro altra può possono deve senza dopo prima durante quell quest dov com""",
    "ca": """el la els les l un una uns unes del dels de d al als i o però no ni és són era eren fou foren serà ser
    està ha han havia hi jo tu ell ella ells elles nosaltres em et es s li els ens meu meva teu seu seva seus aquest
    aquesta aquests aquell això que què qui quin quina quins quines quan on com quant quants quantes perquè per amb
    sense en sobre entre fins des cap contra durant segons si més molt també ja només tot tota tots totes altre pot
    poden deu n va van""",
    "ro": """un o unei unui niște și sau dar nu nici este sunt era erau fost fi va vor are au avea aveau eu tu el ea
    noi voi ei ele mă te se îi își îl le lui lor meu mea său sa săi sale acest această aceasta acești aceste acel acea
    care ce cine cui când unde cum cât câtă câți câte de la în din pe pentru cu fără prin între până după înainte
    contra dacă mai foarte și deja doar numai tot toate toți alt altă poate pot trebuie ca că al ai ale a spre sub
    într despre""",
    "fi": """ja tai mutta ei eivät en et emme on ovat oli olivat ollut olla ole oleva minä sinä hän me te he se ne
    tämä nämä tuo nuo jonka joka jotka jota joita jossa josta mikä mitä mitkä minkä missä mistä mihin kuka kenen ketä
    ketkä milloin miksi miten kuinka monta paljonko montako kun jos että koska vaikka niin myös vain hyvin enemmän
    kanssa ilman ennen jälkeen aikana kautta mukaan sekä kuin sitä sen siitä siinä hänen heidän minun sinun meidän
    häntä voi voivat pitää kaikki joku jotain itse jo vielä sitten siis mutta""",
    "hu": """a az egy és vagy de nem ne sem is van vannak volt voltak lesz lenne lett ő én te mi ti ők engem téged őt
    minket ez ezek azok aki akik ami amely amelyek ahol amikor mint hogy ha mert ki kik kinek kit mit mi mikor hol
    hová honnan miért hogyan hány mennyi melyik milyen már még csak nagyon több meg el fel le be ki alatt után előtt
    között nélkül szerint által pedig így ezért minden saját sok azt ezt annak ennek itt ott kell lehet volna""",
    "tr": """ve veya ya da de ile için bir bu şu o bunu şunu onu onun bunun onlar biz siz ben sen mi mı mu mü değil
    var yok idi ise olan olarak oldu olduğu olduğunu olur gibi kadar daha en çok az ne nedir kim kimdir kimin kime
    nerede nereye nereden nerededir zaman niçin neden nasıl kaç kaçtır hangi hangisi ki ama fakat ancak çünkü eğer
    sonra önce her hiç şey diye göre karşı tarafından üzere dolayı ayrıca tüm bütün kendi aynı başka etti etmiştir
    ediyor""",
    "pl": """i a w we z ze na do od o u po za przez przy dla bez pod nad między jest są był była było były będzie będą
    być nie ani lub albo ale się że ten ta to te tego tej temu tym tych jego jej ich on ona ono oni ja ty my wy mnie
    mu go ją który która które którego której których kto kogo komu kim co czego czym kiedy gdzie skąd dokąd dlaczego
    czemu jak ile ilu jaki jaka jakie czy gdy jeśli jeżeli ponieważ bo już tylko także również bardzo więcej oraz został
    została wszystkie może można ma mają miał""",
    "cs": """a i v ve z ze na do od o u po za přes při pro bez pod nad mezi je jsou byl byla bylo byli bude budou být
    není ne ani nebo ale se si že ten ta to ty toho té tomu tím těch jeho její jejich on ona ono oni já ty my vy mě mu
    ho ji který která které kterého kterou kteří kdo koho komu kým co čeho čím kdy kde odkud kam proč jak kolik jaký
    jaká jaké když pokud protože už jen také velmi více jako podle všechny může má mají měl""",
    "id": """yang dan di ke dari ini itu untuk dengan pada adalah oleh sebagai dalam tidak akan telah sudah belum juga
    atau tetapi karena jika saya kamu anda dia ia mereka kami kita apa siapa kapan mana dimana mengapa bagaimana berapa
    seperti antara lebih sangat hanya semua para bagi tersebut setelah sebelum serta hingga sampai bahwa ada bukan
    dapat bisa harus""",
    "et": """ja või aga ei ega on oli olid olema olnud ma sa ta me te nad tema nende see selle seda need nende mis mida
    mille kes kelle keda kus kust kuhu millal miks kuidas kui palju mitu milline et sest siis ka ainult väga rohkem
    koos ilma enne pärast kuni ning nagu oma üks kõik veel juba pole saab võib peab""",
    "lt": """ir ar bet ne nėra yra buvo bus būti aš tu jis ji mes jūs jie jos jo jų šis ši šie tai tas ta kuris kuri
    kurie kurio kas ką ko kam kuo kada kur iš kodėl kaip kiek kokia koks kad jei nes taip pat tik labai daugiau su be
    į nuo iki po prieš per apie tarp dėl už prie jau dar visi savo gali turi""",
    "eu": """eta edo baina ez da dira zen ziren izan du dute zuen zuten bat hau hori hura hauek haiek ni zu gu nor nork
    noren zer noiz non nondik nora zergatik nola zenbat zein bere haren dela ere baino gehiago oso bezala arte gabe
    dago daude duen zuela""",
    "eo": """la kaj aŭ sed ne estas estis estos esti mi vi li ŝi ĝi ni ili oni sia lia ŝia ĝia tiu tiuj tio ĉi kiu kiuj
    kio kiam kie kial kiel kiom kies en el de da por per kun sen sur sub inter ĝis post antaŭ pri ke se ĉar ankaŭ nur
    tre pli havas havis ĉiuj""",
    "ga": """an na agus nó ach ní níl is bhí tá beidh raibh mé tú sé sí muid sibh siad seo sin a cé cad cathain cá
    conas cén mar le ó do de i ar as faoi gan roimh go nach chun idir má freisin níos mó gach eile""",
    "ru": """и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее её мне было были
    был была вот от меня еще ещё нет о об из ему ли если уже или ни быть до для мы их чем при кто кого кому кем чего
    чему когда где откуда куда почему зачем сколько какой какая какое какие каком какого который которая которые
    которого этот эта это эти этого этой тот та те того той под над без через между после перед чтобы также потому
    есть будет этом свой своей себя""",
    "uk": """і й в у не що він на я з із як а то все вона так його але та ти до же ви за би по тільки її мені було були
    був була від мене ще ні про чи якщо вже або ані бути для ми їх чим при хто кого кому ким чого коли де звідки куди
    чому скільки який яка яке які якого якій цей ця це ці цього цієї той під над без через між після перед щоб також
    тому є буде""",
    "bg": """и в във не че той на аз с със като а то всичко тя така го но да ти към у вие за би по само я ми беше бяха
    е са от мен още няма о из му ли ако вече или нито бъде до ние ги кой кого кога къде откъде защо колко какъв каква
    какво какви който която което които този тази това тези под над без през между след пред също защото има ще се""",
    "sr": """и у не је су да се на за од са као али или ни ја ти он она оно ми ви они ме те га му јој их им који која
    које кога ко шта када кад где одакле зашто како колико овај ова ово тај та то при по без под над између после пре
    због ако јер већ само такође врло више био била било били бити биће има
    i u ne je su da se na za od sa kao ali ili ni ja ti on ona ono mi vi oni me te ga mu joj ih im koji koja koje koga
    ko šta kada kad gde odakle zašto kako koliko ovaj ova ovo taj ta to pri po bez pod nad između posle pre zbog ako
    jer već samo takođe vrlo više bio bila bilo bili biti biće ima""",
    "el": """ο η το οι τα του της των τον την τους τις και ή αλλά δεν μη μην είναι ήταν θα να έχει έχουν είχε είχαν με
    σε στο στη στην στον στους στις στα από για προς κατά μετά πριν μέχρι χωρίς μεταξύ που ποιος ποια ποιο ποιοι ποιες
    ποιον ποιου τι πότε πού γιατί πώς πόσο πόσα πόσοι πόσες πόση αυτός αυτή αυτό αυτοί αυτές αυτά ένας μια μία ένα αν
    όταν όπως επίσης μόνο πολύ πιο όλα όλοι ότι ως εγώ εσύ μας σας""",
    "ar": """من في على إلى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم هن كان كانت كانوا يكون تكون لا لم لن ما ماذا
    متى أين كيف لماذا كم هل أي أن إن أو ثم بل لكن حتى إذا قد كل بعض غير بين عند منذ بعد قبل خلال حول تحت فوق ليس أنا
    نحن أنت كما أيضا فقط وهو وهي وقد وكان وفي ومن""",
    "fa": """و در به از که این آن را با برای است بود بودند شد شده می های ها یک تا بر هم نیز یا اما اگر چه چرا کی کجا
    چگونه چند چقدر کدام کیست چیست او آنها ما شما من خود هر همه بین پس پیش بعد قبل باید دارد داشت کرد کرده نیست""",
    "ur": """کا کی کے کو میں سے اور ہے ہیں تھا تھی تھے نے پر یہ وہ کہ جو کون کیا کب کہاں کیوں کیسے کتنا کتنے کتنی کس
    ایک بھی نہیں ہو ہوا ہوئی گیا گئی تک لیے ساتھ بعد پہلے یا اگر لیکن اس ان""",
    "he": """של את על עם אל מן לא כן הוא היא הם הן אני אתה אנחנו זה זו זאת אלה אלו היה היתה הייתה היו יהיה אשר כי אם
    או גם רק מאוד יותר כל בין לפני אחרי עד מי מה מתי איפה היכן מאין לאן מדוע למה איך כיצד כמה איזה איזו אילו אבל כמו
    אין יש""",
    "hi": """का की के को में से और है हैं था थी थे ने पर यह वह ये वे कि जो कौन क्या कब कहाँ कहां क्यों कैसे कितना कितने
    कितनी किस किसने किसका किसकी किसके एक भी नहीं हो हुआ हुई गया गई तक लिए साथ बाद पहले या अगर लेकिन इस उस इन उन होता
    होती तथा एवं कर किया अपने द्वारा""",
    "ne": """को का की लाई मा बाट र छ छन् थियो थिए ले यो त्यो यी ती कि जो को के कहिले कहाँ किन कसरी कति कुन कसले एक पनि
    होइन हो भयो गर्यो गरे सम्म लागि सँग पछि अघि वा यदि तर यस उस हुन्छ तथा एवं गर्ने भएको आफ्नो द्वारा""",
    "hy": """և ու կամ բայց չի է են էր էին ես դու նա մենք դուք նրանք իր նրա այս այդ այն որ որը որոնք ով ում ինչ երբ որտեղ
    ինչու ինչպես քանի որքան մեջ վրա հետ համար մինչև առանց նաև միայն շատ ավելի մի բոլոր""",
    "ta": """ஒரு இந்த அந்த என்று என மற்றும் அல்லது ஆனால் இல்லை உள்ளது இருந்தது யார் என்ன எப்போது எங்கே எங்கு ஏன் எப்படி
    எத்தனை எவ்வளவு எந்த அவர் அவள் அவன் அது இது நான் நாம் அவர்கள் மிகவும் மேலும் உடன் பிறகு முன்""",
}
STEMMERS = {
    **{"ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish"},
    **{"nl": "dutch", "en": "english", "eo": "esperanto", "et": "estonian", "fi": "finnish", "fr": "french"},
    **{"de": "german", "el": "greek", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "ga": "irish"},
    **{"it": "italian", "lt": "lithuanian", "ne": "nepali", "no": "norwegian", "fa": "persian", "pl": "polish"},
    **{"pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "es": "spanish", "sv": "swedish"},
    **{"ta": "tamil", "tr": "turkish"},
}
"""Language -> PyStemmer's name of its stemmer; languages without one are matched by their folded words."""
