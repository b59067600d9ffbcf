"""A short text in each language, asked from end to end: the sentence with the answer is what is cited.

Every text tells of a bridge and of a museum beside it, so that the sentences share words: what was built and what was
opened is said of both.
"""
# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from clew import Clew
from clew.language.tongues import language_of, main_language

TEXTS = {
    "de": (
        "Die alte Steinbrücke von Hallbach führt über die Lene. Sie wurde von dem Baumeister Karl Weber errichtet. Die "
        "Arbeiten an der Brücke begannen im Frühjahr 1871, z. B. mit dem Fundament. Eröffnet wurde die Brücke am 3. Mai "
        "1874. Der Bau kostete rund 48.500 Mark. Die Brücke ist 214 Meter lang und hat zwölf Bögen. Ein Hochwasser "
        "beschädigte 1902 zwei Pfeiler. Neben der Brücke steht heute ein kleines Museum. Das Museum wurde 1998 von der "
        "Bürgermeisterin Anna Krause eröffnet. Es zeigt Häuser und Werkzeuge aus dem Tal.",
        [
            ("Wer hat die Steinbrücke errichtet?", "Karl Weber"),
            ("Wann wurde die Brücke eröffnet?", "3. Mai 1874"),
            ("Wie viele Bögen hat die Brücke?", "zwölf Bögen"),
            ("Wer eröffnete das Museum?", "Anna Krause"),
        ],
    ),
    "fr": (
        "Le vieux pont de Vaubourg traverse la Sorne. Le pont a été construit par l'ingénieur Émile Garnier. Les travaux du "
        "pont commencèrent au printemps 1871. Le pont fut inauguré le 3 mai 1874. Le chantier coûta environ 48 500 "
        "francs. Le pont mesure 214 mètres et compte douze arches. Une crue endommagea deux piles en 1902. À côté du "
        "pont se trouve aujourd'hui un petit musée. Le musée a été inauguré en 1998 par la mairesse Jeanne Roussel. Il "
        "présente « les outils de la vallée » et des maquettes.",
        [
            ("Qui a construit le vieux pont ?", "Émile Garnier"),
            ("Quand le pont fut-il inauguré ?", "3 mai 1874"),
            ("Combien d'arches compte le pont ?", "douze arches"),
            ("Qui a inauguré le musée ?", "Jeanne Roussel"),
        ],
    ),
    "es": (
        "El viejo puente de Valdoro cruza el río Tesla. El puente fue construido por el ingeniero Tomás Aguirre. Las obras del "
        "puente empezaron en la primavera de 1871. El puente se inauguró el 3 de mayo de 1874. La obra costó unos 48.500 "
        "reales. El puente mide 214 metros y tiene doce arcos. Una crecida dañó dos pilares en 1902. Junto al puente hay "
        "hoy un pequeño museo. ¡El museo lo inauguró en 1998 la alcaldesa Elena Prieto! Muestra herramientas del valle.",
        [
            ("¿Quién construyó el viejo puente?", "Tomás Aguirre"),
            ("¿Cuándo se inauguró el puente?", "3 de mayo de 1874"),
            ("¿Cuántos arcos tiene el puente?", "doce arcos"),
            ("¿Quién inauguró el museo?", "Elena Prieto"),
        ],
    ),
    "it": (
        "Il vecchio ponte di Montelago attraversa il fiume Serio. Il ponte fu costruito dall'ingegnere Aldo Ferrini. I lavori del "
        "ponte iniziarono nella primavera del 1871. Il ponte fu inaugurato il 3 maggio 1874. L'opera costò circa 48.500 "
        "lire. Il ponte è lungo 214 metri e ha dodici arcate. Una piena danneggiò due piloni nel 1902. Accanto al ponte "
        "si trova oggi un piccolo museo. Il museo fu inaugurato nel 1998 dalla sindaca Carla Neri. Espone attrezzi della "
        "valle.",
        [
            ("Chi costruì il vecchio ponte?", "Aldo Ferrini"),
            ("Quando fu inaugurato il ponte?", "3 maggio 1874"),
            ("Quante arcate ha il ponte?", "dodici arcate"),
            ("Chi ha inaugurato il museo?", "Carla Neri"),
        ],
    ),
    "pt": (
        "A velha ponte de Vale Dourado atravessa o rio Tua. A ponte foi construída pelo engenheiro Duarte Pimentel. As obras da "
        "ponte começaram na primavera de 1871. A ponte foi inaugurada em 3 de maio de 1874. A obra custou cerca de 48.500 "
        "réis. A ponte mede 214 metros e tem doze arcos. Uma cheia danificou dois pilares em 1902. Ao lado da ponte há "
        "hoje um pequeno museu. O museu foi inaugurado em 1998 pela prefeita Lúcia Moraes. Mostra ferramentas do vale.",
        [
            ("Por quem foi construída a velha ponte?", "Duarte Pimentel"),
            ("Quando foi inaugurada a ponte?", "3 de maio de 1874"),
            ("Quantos arcos tem a ponte?", "doze arcos"),
            ("Quem inaugurou o museu?", "Lúcia Moraes"),
        ],
    ),
    "nl": (
        "De oude brug van Hogeveld ligt over de Linde. De brug werd gebouwd door ingenieur Pieter Dekker. De werkzaamheden aan "
        "de brug begonnen in het voorjaar van 1871. De brug werd op 3 mei 1874 geopend. De bouw kostte bijna 48.500 "
        "gulden. De brug is 214 meter lang en heeft twaalf bogen. Een overstroming beschadigde in 1902 twee pijlers. Naast "
        "de brug staat nu een klein museum. Het museum werd in 1998 geopend door burgemeester Sanne Bos. Het toont "
        "gereedschap uit het dal.",
        [
            ("Wie heeft de oude brug gebouwd?", "Pieter Dekker"),
            ("Wanneer werd de brug geopend?", "3 mei 1874"),
            ("Hoeveel bogen heeft de brug?", "twaalf bogen"),
        ],
    ),
    "sv": (
        "Den gamla bron i Ekholm går över Lillån. Bron byggdes av ingenjören Nils Hallberg. Arbetet med bron började våren "
        "1871. Bron invigdes den 3 maj 1874. Bygget kostade omkring 48 500 kronor. Bron är 214 meter lång och har 12 "
        "valv. En översvämning skadade två pelare år 1902. Bredvid bron ligger i dag ett litet museum. Museet invigdes "
        "1998 av kommunalrådet Karin Lund. Det visar verktyg från dalen.",
        [
            ("Vem byggde den gamla bron?", "Nils Hallberg"),
            ("När invigdes bron?", "3 maj 1874"),
            ("Hur många valv har bron?", "12 valv"),
        ],
    ),
    "da": (
        "Den gamle bro i Egeby går over Lilleåen. Broen blev bygget af ingeniør Niels Holm. Arbejdet på broen begyndte i "
        "foråret 1871. Broen blev indviet den 3. maj 1874. Byggeriet kostede omkring 48.500 kroner. Broen er 214 meter "
        "lang og har 12 buer. En oversvømmelse beskadigede to piller i 1902. Ved siden af broen ligger i dag et lille "
        "museum. Museet blev indviet i 1998 af borgmester Karen Lund. Det viser redskaber fra dalen.",
        [
            ("Hvilken ingeniør har bygget broen?", "Niels Holm"),
            ("Hvornår blev broen indviet?", "3. maj 1874"),
            ("Hvor mange buer har broen?", "12 buer"),
        ],
    ),
    "no": (
        "Den gamle broen i Eikeby går over Lilleelva. Broen ble bygget av ingeniør Nils Haug. Arbeidet på broen begynte "
        "våren 1871. Broen ble åpnet den 3. mai 1874. Byggingen kostet omkring 48 500 kroner. Broen er 214 meter lang og "
        "har 12 buer. En flom skadet to pilarer i 1902. Ved siden av broen ligger det i dag et lite museum. Museet ble "
        "åpnet i 1998 av ordfører Kari Lund. Det viser redskaper fra dalen.",
        [
            ("Hvem bygget den gamle broen?", "Nils Haug"),
            ("Når ble broen åpnet?", "3. mai 1874"),
            ("Hvor mange buer har broen?", "12 buer"),
        ],
    ),
    "fi": (
        "Koivulan vanha silta ylittää Lehtojoen. Sillan rakensi insinööri Matti Salonen. Sillan työt alkoivat keväällä "
        "1871. Silta avattiin liikenteelle 3. toukokuuta 1874. Rakentaminen maksoi noin 48 500 markkaa. Silta on 214 "
        "metriä pitkä ja siinä on 12 kaarta. Tulva vaurioitti kahta pilaria vuonna 1902. Sillan vieressä on nykyään pieni "
        "museo. Museon avasi vuonna 1998 kaupunginjohtaja Anna Laine. Siellä esitellään laakson työkaluja.",
        [
            ("Kuka rakensi vanhan sillan?", "Matti Salonen"),
            ("Milloin silta avattiin liikenteelle?", "1874"),
            ("Kuinka monta kaarta sillassa on?", "12 kaarta"),
        ],
    ),
    "hu": (
        "Kővár régi hídja a Lápos folyó fölött ível át. A hidat Szabó Gergely mérnök építette. A híd építése 1871 "
        "tavaszán kezdődött. A hidat 1874. május 3-án adták át a forgalomnak. Az építkezés mintegy 48 500 forintba "
        "került. A híd 214 méter hosszú, és 12 boltíve van. Az árvíz 1902-ben két pillért megrongált. A híd mellett ma "
        "egy kis múzeum áll. A múzeumot 1998-ban Kiss Anna polgármester nyitotta meg. A völgy szerszámait mutatja be.",
        [
            ("Ki építette a régi hidat?", "Szabó Gergely"),
            ("Mikor adták át a hidat a forgalomnak?", "1874"),
            ("Hány boltíve van a hídnak?", "12 boltíve"),
        ],
    ),
    "ro": (
        "Vechiul pod din Valea Lungă trece peste râul Strei. Podul a fost construit de inginerul Radu Munteanu. Lucrările "
        "la pod au început în primăvara anului 1871. Podul a fost inaugurat la 3 mai 1874. Construcția a costat circa "
        "48.500 de lei. Podul are 214 metri lungime și 12 arcade. O inundație a avariat doi piloni în 1902. Lângă pod se "
        "află astăzi un mic muzeu. Muzeul a fost inaugurat în 1998 de primărița Ana Dobre. El prezintă unelte din vale.",
        [
            ("Cine a construit podul?", "Radu Munteanu"),
            ("Când a fost inaugurat podul?", "3 mai 1874"),
            ("Câte arcade are podul?", "12 arcade"),
        ],
    ),
    "tr": (
        "Taşköy'deki eski köprü Gürsu nehrinin üzerinden geçer. Köprüyü mühendis Kemal Aydın inşa etmiştir. Köprünün "
        "yapımına 1871 baharında başlandı. Köprü 3 Mayıs 1874 tarihinde hizmete açıldı. İnşaat yaklaşık 48.500 kuruşa mal "
        "oldu. Köprünün uzunluğu 214 metredir ve 12 kemeri vardır. 1902'deki sel iki ayağa zarar verdi. Köprünün yanında "
        "bugün küçük bir müze bulunur. Müzeyi 1998 yılında belediye başkanı Ayşe Demir açtı. Müze vadinin aletlerini "
        "gösterir.",
        [
            ("Eski köprüyü kim inşa etti?", "Kemal Aydın"),
            ("Köprü ne zaman hizmete açıldı?", "3 Mayıs 1874"),
            ("Köprünün kaç kemeri vardır?", "12 kemeri"),
        ],
    ),
    "pl": (
        "Stary most w Kamieniu przechodzi nad rzeką Lipą. Most zbudował inżynier Jan Kowalik. Prace przy moście rozpoczęto "
        "wiosną 1871 roku. Most otwarto 3 maja 1874 roku. Budowa kosztowała około 48 500 rubli. Most ma 214 metrów "
        "długości i 12 łuków. Powódź uszkodziła dwa filary w 1902 roku. Obok mostu stoi dziś małe muzeum. Muzeum "
        "otworzyła w 1998 roku burmistrz Anna Lis. Pokazuje ono narzędzia z doliny.",
        [
            ("Kto zbudował stary most?", "Jan Kowalik"),
            ("Kiedy otwarto most?", "3 maja 1874"),
            ("Ile łuków ma most?", "12 łuków"),
        ],
    ),
    "ru": (
        "Старый мост в Каменске проходит над рекой Липой. Мост построил инженер Павел Орлов. Работы на мосту начались "
        "весной 1871 г. после паводка. Мост был открыт 3 мая 1874 года. Строительство обошлось примерно в 48 500 рублей. "
        "Длина моста 214 метров, у него двенадцать арок. Наводнение повредило две опоры в 1902 году. Рядом с мостом "
        "сегодня стоит небольшой музей. Музей открыла в 1998 году мэр Анна Лисина. В нём показывают инструменты долины.",
        [
            ("Кто построил старый мост?", "Павел Орлов"),
            ("Когда был открыт мост?", "3 мая 1874"),
            ("Сколько арок у моста?", "двенадцать арок"),
        ],
    ),
    "el": (
        "Η παλιά γέφυρα της Πέτρας περνά πάνω από τον Λούσιο. Τη γέφυρα έχτισε ο μηχανικός Νίκος Λαμπράκης. Οι εργασίες "
        "στη γέφυρα άρχισαν την άνοιξη του 1871. Η γέφυρα εγκαινιάστηκε στις 3 Μαΐου 1874. Το έργο κόστισε περίπου 48.500 "
        "δραχμές. Η γέφυρα έχει μήκος 214 μέτρα και 12 τόξα. Μια πλημμύρα έκανε ζημιά σε δύο βάθρα το 1902. Δίπλα στη "
        "γέφυρα υπάρχει σήμερα ένα μικρό μουσείο. Το μουσείο εγκαινίασε το 1998 η δήμαρχος Άννα Ρήγα. Δείχνει εργαλεία "
        "της κοιλάδας.",
        [
            ("Ποιος έχτισε την παλιά γέφυρα;", "Νίκος Λαμπράκης"),
            ("Πότε εγκαινιάστηκε η γέφυρα;", "3 Μαΐου 1874"),
            ("Πόσα τόξα έχει η γέφυρα;", "12 τόξα"),
        ],
    ),
    "ar": (
        "يمتد الجسر القديم في وادي النخيل فوق نهر الزرقاء. بنى الجسر المهندس يوسف الحداد. بدأت أعمال الجسر في ربيع عام "
        "١٨٧١. افتتح الجسر في ٣ مايو ١٨٧٤. بلغت كلفة البناء نحو ٤٨٥٠٠ ليرة. يبلغ طول الجسر ٢١٤ مترا وله ١٢ قوسا. ألحق "
        "الفيضان ضررا بدعامتين عام ١٩٠٢. يقع بجانب الجسر اليوم متحف صغير. افتتحت المتحف عام ١٩٩٨ رئيسة البلدية ليلى منصور. "
        "يعرض المتحف أدوات من الوادي.",
        [
            ("من بنى الجسر القديم؟", "يوسف الحداد"),
            ("متى افتتح الجسر؟", "٣ مايو ١٨٧٤"),
            ("كم قوسا للجسر؟", "١٢ قوسا"),
        ],
    ),
    "he": (
        "הגשר הישן בכפר אלון עובר מעל נחל הירדן. את הגשר בנה המהנדס יוסף ברק. העבודות על הגשר החלו באביב 1871. הגשר נחנך "
        "ב-3 במאי 1874. הבנייה עלתה כ-48,500 לירות. אורך הגשר 214 מטרים ויש לו 12 קשתות. שיטפון גרם נזק לשני עמודים בשנת "
        "1902. ליד הגשר עומד היום מוזיאון קטן. המוזיאון נחנך בשנת 1998 על ידי ראש העיר רות לוי. הוא מציג כלים מן העמק.",
        [
            ("מי בנה את הגשר הישן?", "יוסף ברק"),
            ("מתי נחנך הגשר?", "1874"),
            ("כמה קשתות יש לגשר?", "12 קשתות"),
        ],
    ),
    "hi": (
        "रामपुर का पुराना पुल सोन नदी पर बना है। पुल का निर्माण इंजीनियर मोहन वर्मा ने किया था। पुल का काम १८७१ के वसंत में शुरू हुआ। "
        "पुल का उद्घाटन ३ मई १८७४ को हुआ। निर्माण पर लगभग ४८,५०० रुपये खर्च हुए। पुल २१४ मीटर लंबा है और उसमें १२ मेहराब हैं। १९०२ "
        "की बाढ़ ने दो खंभों को नुकसान पहुँचाया। पुल के पास आज एक छोटा संग्रहालय है। संग्रहालय का उद्घाटन १९९८ में महापौर सीता राव ने "
        "किया। वहाँ घाटी के औज़ार रखे हैं।",
        [
            ("पुल का निर्माण किसने किया था?", "मोहन वर्मा"),
            ("पुल का उद्घाटन कब हुआ?", "३ मई १८७४"),
            ("पुल में कितने मेहराब हैं?", "१२ मेहराब"),
        ],
    ),
    "zh": (
        "石溪村的老桥横跨清江。老桥由工程师李文山设计建造。桥的工程于1871年春天开始。老桥于1874年5月3日正式通车。工程花费约四万八千五百两白银。"
        "桥长214米，共有十二个桥拱。1902年的洪水损坏了两个桥墩。桥旁边如今有一座小博物馆。博物馆于1998年由市长王丽华主持开馆。馆内展出山谷里的工具。",
        [
            ("老桥是谁设计建造的？", "李文山"),
            ("老桥什么时候通车？", "1874年5月3日"),
            ("老桥有多少个桥拱？", "十二个桥拱"),
            ("博物馆由谁主持开馆？", "王丽华"),
        ],
    ),
    "ja": (
        "石川村の古い橋は清川に架かっている。橋を設計したのは技師の佐藤健一である。橋の工事は1871年の春に始まった。橋は1874年5月3日に開通した。"
        "工事には約4万8500円がかかった。橋の長さは214メートルで、アーチは12個ある。1902年の洪水で橋脚が二本壊れた。橋のそばには今、小さな博物館がある。"
        "博物館は1998年に市長の山田花子が開館した。館内には谷の道具が並んでいる。",
        [
            ("橋を設計したのは誰ですか？", "佐藤健一"),
            ("橋はいつ開通しましたか？", "1874年5月3日"),
            ("橋のアーチは何個ありますか？", "12個"),
        ],
    ),
    "ko": (
        "돌마을의 오래된 다리는 맑은강을 가로지른다. 다리를 설계한 사람은 기술자 김도현이다. 다리 공사는 1871년 봄에 시작되었다. 다리는 1874년 5월 3일에 "
        "개통되었다. 공사에는 약 4만 8500냥이 들었다. 다리의 길이는 214미터이고 아치는 12개이다. 1902년 홍수로 교각 두 개가 부서졌다. 다리 옆에는 오늘날 작은 "
        "박물관이 있다. 박물관은 1998년에 시장 이수진이 개관하였다. 박물관은 골짜기의 연장을 보여 준다.",
        [
            ("다리를 설계한 사람은 누구입니까?", "김도현"),
            ("다리는 언제 개통되었습니까?", "1874년 5월 3일"),
            ("다리의 아치는 몇 개입니까?", "12개"),
        ],
    ),
    "th": (
        "สะพานเก่าของบ้านหินทอดข้ามแม่น้ำใส\nวิศวกรสมชาย ใจดี เป็นผู้ออกแบบสะพาน\nการก่อสร้างสะพานเริ่มในฤดูใบไม้ผลิ พ.ศ. 2414\n"
        "สะพานเปิดใช้งานเมื่อวันที่ 3 พฤษภาคม พ.ศ. 2417\nการก่อสร้างใช้เงินราว 48,500 บาท\nสะพานยาว 214 เมตร และมีซุ้มโค้ง 12 ซุ้ม\n"
        "น้ำท่วมใน พ.ศ. 2445 ทำให้ตอม่อเสียหายสองต้น\nข้างสะพานมีพิพิธภัณฑ์เล็กแห่งหนึ่ง\nนายกเทศมนตรีสุดา แก้วใส เปิดพิพิธภัณฑ์ใน พ.ศ. 2541\n"
        "พิพิธภัณฑ์จัดแสดงเครื่องมือจากหุบเขา\n",
        [
            ("ใครเป็นผู้ออกแบบสะพาน", "สมชาย ใจดี"),
            ("สะพานเปิดใช้งานเมื่อใด", "2417"),
            ("สะพานมีซุ้มโค้งกี่ซุ้ม", "12 ซุ้ม"),
        ],
    ),
}
ASKED = [(code, question, needle) for code, (_, asked) in TEXTS.items() for question, needle in asked]


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Every text, opened."""
    folder: Path = tmp_path_factory.mktemp("texts")
    with Clew("extractive", library=folder / "library") as clew:
        opened = {}
        for code, (text, _) in TEXTS.items():
            (folder / f"{code}.txt").write_text(text, encoding="utf-8")
            opened[code] = clew.open(folder / f"{code}.txt")
        yield opened


@pytest.mark.parametrize("code", TEXTS)
def test_a_language_is_told_by_its_text_and_by_a_question(code: str) -> None:
    text, asked = TEXTS[code]
    assert main_language(text) == code
    told = [language_of(question, code) for question, _ in asked]
    assert told == [code] * len(asked)


@pytest.mark.parametrize("strategy", ["retrieve", "full"])
@pytest.mark.parametrize(("code", "question", "needle"), ASKED)
def test_the_sentence_with_the_answer_is_cited(
    shelves: Any, code: str, question: str, needle: str, strategy: str
) -> None:
    answer = shelves[code].ask(question, strategy=strategy)
    assert answer.citations, answer.status
    assert any(needle in citation.quote for citation in answer.citations[:2])
    assert not answer.unsupported
    text = TEXTS[code][0]
    assert all(text[c.start : c.end] == c.quote for c in answer.citations)


CONTRACT = (
    "This Agreement is made between Hollis Trading Ltd. and the buyer. 本协议由贺利斯贸易公司与买方签订。\n\n"
    "The buyer shall pay the deposit within 30 days of the delivery. 买方应在交货后三十天内支付定金。\n\n"
    "The seller shall insure the goods until they are delivered. 卖方应为货物投保直至交付。\n\n"
    "This Agreement shall be governed by the law of Singapore. 本协议适用新加坡法律。\n"
)


@pytest.mark.parametrize(
    ("text", "question", "needle"),
    [
        (CONTRACT, "Within how many days shall the buyer pay the deposit?", "30 days"),
        (CONTRACT, "买方应在多少天内支付定金？", "三十天"),
        (CONTRACT, "本协议适用哪国法律？", "新加坡"),
        (CONTRACT, "Welches Recht gilt?", None),
        (TEXTS["de"][0], "Who is Anna Krause?", "Anna Krause"),
        (TEXTS["zh"][0], "Who built the bridge?", None),
        ("word " * 60_000, "What word is it?", None),
        ("... !!! ??? ---\n\n;;; ::: ()[]{}\n" * 50, "What does it say?", None),
        ("。、！？「」\n" * 50, "何ですか？", None),
    ],
    ids=["english", "chinese", "law", "german", "foreign-name", "foreign", "one-word", "signs", "cjk-signs"],
)
def test_any_question_about_any_text_is_answered_or_declined(
    tmp_path: Path, text: str, question: str, needle: str | None
) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with Clew("extractive", library=tmp_path / "library") as clew:
        answer = clew.open(tmp_path / "a.txt").ask(question, strategy="retrieve")
    assert answer.status in ("answered", "partial", "not_found", "open")
    assert needle is None or any(needle in citation.quote for citation in answer.citations)
