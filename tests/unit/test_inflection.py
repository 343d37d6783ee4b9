"""Which forms find each other: tables that a French reader can check."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyze, beginnings, fold, query_stems
from index.analysis import dictionary as french
from index.analysis.stemming import stem


def finds(query: str, text: str) -> bool:
    """Whether somebody who types the one word finds a text that has the other."""
    return bool(query_stems(query) & {token.stem for token in analyze(text)})


_ONE_WORD = """
conflit conflits; ami amis amie amies; petit petite petits petites; kangourou kangourous
profit profits; crédit crédits; délit délits; produit produits; habitant habitants; prêt prêts
beau bel belle beaux belles; vieux vieil vieille vieilles; nouveau nouvel nouvelle nouveaux
fou fol folle fous folles; mou molle mous; blanc blanche blancs; sec sèche sèches
grec grecque; turc turque; franc franche; frais fraîche; public publique publics publiques
œil yeux; ciel cieux; aïeul aïeux; travail travaux; vitrail vitraux; cheval chevaux
journal journaux; hôpital hôpitaux; canal canaux; mal maux; bail baux; émail émaux; feu feux
jeu jeux; vœu vœux; neveu neveux; genou genoux; bijou bijoux; caillou cailloux; hibou hiboux
chou choux; tuyau tuyaux; noyau noyaux; bateau bateaux; château châteaux; drapeau drapeaux
eau eaux; peau peaux; niveau niveaux; pneu pneus; bleu bleue bleus bleues
œuf œufs; bœuf bœufs; os; nez; voix; prix; pays; gaz; temps; choix; procès
monsieur messieurs; madame mesdames; homme hommes; femme femmes; loi lois; roi rois
voie voies; croix; idée idées; armée armées; musée musées; année années; journée journées
acteur actrice acteurs actrices; directeur directrice; sénateur sénatrice sénateurs
électeur électrice électeurs; lecteur lectrice; chanteur chanteuse; vendeur vendeuse vendeurs
infirmier infirmière infirmiers; ouvrier ouvrière ouvriers; étranger étrangère étrangers
premier première premiers; dernier dernière; policier policière policiers; fermier fermière
heureux heureuse heureuses; dangereux dangereuse; actif active actifs; neuf neuve
vif vive vifs vives; naïf naïve; national nationale nationaux nationales
social sociale sociaux; général générale généraux; régional régionaux; loyal loyaux
européen européenne européens; italien italienne italiens; coréen coréenne coréens
ancien ancienne anciens; bon bonne bons; gros grosse; gras grasse; bas basse; épais épaisse
faux fausse; roux rousse; doux douce doux; long longue longs; favori favorite
complet complète; secret secrète; inquiet inquiète; cher chère; léger légère
ministre ministres; président présidents présidente; député députée députés députées
avocat avocate avocats; étudiant étudiante étudiants; immigré immigrés immigrée
cruel cruelle; mortel mortelle; pareil pareille; gentil gentille; nul nulle
soldat soldats; missile missiles; retraite retraites; grève grèves; impôt impôts; débat débats
combat combats; candidat candidats candidate; attentat attentats; syndicat syndicats
être est sont était étaient sera serait fut soit êtes
avoir ont avait avaient aurait eut ait avons
aller va vont allait ira iront irait aille allé allée allons
mettre mis mise mettent mettait mit mettra; dire dit disent disait dira dite
faire fait font faisait fera fasse faite faits; voir vu voit voient voyait verra vue
pouvoir peut peuvent pouvait pourra puisse pu; vouloir veut veulent voulait voudra veuille voulu
devoir doit doivent devait devra dû due; savoir sait savent savait saura sache su
falloir faut fallait faudra fallu; venir vient viennent venait viendra venu vint
tenir tient tiennent tenait tiendra tenu; prendre prend prennent prenait pris prise prit
comprendre compris comprend comprennent; apprendre appris apprend; surprendre surpris surprend
promettre promis promet; permettre permis permet permettra; admettre admis admet
commettre commis commet commettent; transmettre transmis transmet; soumettre soumis soumet
croire croit croient croyait cru; boire boit boivent buvait bu; lire lit lisent lisait lu
écrire écrit écrivent écrivait écrite; vivre vit vivent vivait vécu vivra; suivre suit suivi suivent
connaître connaît connaissent connu; naître né naît naissent naquit née
mourir meurt meurent mort morte mourra; partir part partent partait parti partie
sortir sort sortent sortait sorti; sentir sent sentent senti; dormir dort dorment dormi
servir sert servent servi; courir court courent couru courra; ouvrir ouvre ouvrent ouvert ouverte
offrir offre offrent offert; souffrir souffre souffert; découvrir découvre découvert découverte
finir finit finissent finissait fini finie; choisir choisit choisi choisissent
réussir réussit réussi; agir agit agissait; subir subi subissent; établir établi établit
rendre rend rendent rendait rendu rendue; vendre vend vendent vendu; perdre perd perdu perdent
attendre attend attendu attendent; entendre entend entendu; défendre défend défendu
répondre répond répondu; craindre craint craignent craignait; peindre peint peignent peinte
joindre joint joignent; atteindre atteint atteignent; éteindre éteint éteignent
plaire plaît plaisent; conduire conduit conduisent conduite; produire produit produisent produite
détruire détruit détruite détruisent; construire construit construite; réduire réduit réduite
élire élu élue élisent élit; battre bat battent battu; vaincre vaincu vainc; convaincre convaincu
recevoir reçoit reçoivent reçu reçue; décevoir déçu déçoit; apercevoir aperçu aperçoit
asseoir assis assied; valoir vaut valent valait vaudra; mouvoir mû meut; émouvoir ému émeut
acquérir acquis acquiert; conquérir conquis; cueillir cueille cueilli; fuir fuit fuient fui
haïr hait haï; résoudre résolu résout; coudre cousu coud; rire rit rient riait
appeler appelle appellent appelé appela; jeter jette jettent jeté; acheter achète achetait acheté
mener mène mènent mené; lever lève levé; céder cède cédé cèdent; espérer espère espéré
payer paie paye paient payé; envoyer envoie enverra envoyé; employer emploie employé
manger mange mangeait mangé; commencer commence commençait commencé
parler parle parlent parlait parlé parlera; annoncer annonce annonçait annoncée annoncés
tuer tue tuent tué tués tuée; créer crée créée créés; approvisionner approvisionnées approvisionne
déployer déploie déployées; voter vote votent votait voté; manifester manifeste manifestent
"""
ONE_WORD = [family.split() for family in re.split(r"[;\n]", _ONE_WORD) if len(family.split()) > 1]
PAIRS = [pair for family in ONE_WORD for pair in permutations(family, 2)]

_OTHER_WORDS = """
conflit confit; poisson poison; mars marché; désert dessert; cousin coussin; armée armateur
guerre guérir; ministre ministère; victimes victoire; Russie russule; Kiev Kyoto
élection élève; mines mineurs; président présence; soldats solde; crimes cri; crise cri
soir soirée; armée arme; direction direct; département départ; parlement parler; base bas
commerce commercial; maire mairie; mer mère; maire mère; foi foie; foi fois; voie voix
vers verre; verre ver; ville village; vol volcan; vente vent; port porte; port porc; pont pompe
police politique; politique poli; manifestant manifestation; gouvernement gouverner
national nation; international internet; général génération; social société; capital capitaine
journal journée; justice juste; presse pressoir; crédit crédule; profit prophète; délit délai
impôt import; grève gravier; train traîner; gare garage; garde gare; camp campagne; champ champion
chance chanson; charge chargeur; chasse châssis; cheval cheveu; cheveux chevaux; coq coquille
corps corporation; cour courage; court couronne; cœur chœur; dent danse; don donc; drogue droguerie
eau haut; école écologie; économie économe; église égal; enquête enquiquiner; épée épi
espace espèce; état étage; étude étui; fête feu; feuille feuilleton; fil filet; film filtre
fleur fleuve; fond fontaine; forme formidable; fort forêt; fruit frite; gaz gazon; glace glaçon
goût goutte; grâce gras; guide guidon; habit habiter; herbe héros; heure heureux; histoire hier
hôtel hôte; île îlot; image imagination; jeu jeune; joue jouet; jour jouer; juge jugulaire
lait laitue; langue lange; légume légal; lieu lieutenant; lit litre
livre livret; loi loyer; lune lunette; main maintien; maison maïs; mal malle; marche marchand
matin matelas; médecin médiéval; mois moi; monde monnaie; mort moteur; mot moto; mouton moutarde
mur murmure; nature nation; neige négocier; nom nombre; nord norme; œuvre ouvrier; or ordre
ours ourlet; pain peine; paix paie; palais palace; part partage; pays paysan; peau peuple
père perte; peur heure; pied pieu; pilote pile; place plage; plan plante; pluie plume; poids pois
point poing; pomme pompe; porc port; poule poulet; prix prison; rat rature; reine rein; riz rire
robe robot; rue ruine; sable sabre; sang sans; santé sang; savoir savon; sel selle; sœur sueur
sol soleil; son sonde; table tableau; tour tourisme; toit toile; train trace; vache vacances
vin vingt; vie vitre; voile voleur; voiture voûte; usage usine; valeur valise; visa visage
"""
OTHER_WORDS = [tuple(pair.split()) for pair in re.split(r"[;\n]", _OTHER_WORDS) if pair.strip()]


def test_the_tables_are_long() -> None:
    assert len(PAIRS) >= 2 * 150
    assert len(OTHER_WORDS) >= 80


def test_the_forms_of_a_word_find_each_other() -> None:
    assert [pair for pair in PAIRS if not finds(*pair)] == []


def test_they_do_when_typed_without_accents() -> None:
    assert [(query, text) for query, text in PAIRS if not finds(fold(query), text)] == []


def test_they_do_at_the_start_of_a_sentence_and_in_capitals() -> None:
    for written in (str.capitalize, str.upper):
        assert [(query, text) for query, text in PAIRS if not finds(query, written(text))] == []


def test_they_do_in_a_text_without_accents() -> None:
    pairs = [(query, text) for query, text in PAIRS if text not in ("dû", "né", "mû")]  # du, ne, mu
    assert [(query, text) for query, text in pairs if not finds(query, fold(text).upper())] == []


@pytest.mark.parametrize("pair", OTHER_WORDS)
def test_other_words_do_not(pair: tuple[str, str]) -> None:
    for query, text in permutations(pair):
        assert not finds(query, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("approvisionnees", "approvisionner"),
        ("elus", "élue"),
        ("oeil", "yeux"),
        ("oeuvres", "œuvre"),
        ("etes", "êtes"),
        ("deputee", "députés"),
        ("recu", "recevoir"),
        ("apercue", "aperçoivent"),
        ("evenement", "évènements"),
    ],
)
def test_a_query_without_accents(typed: str, text: str) -> None:
    assert finds(typed, text)


# Forms of several words


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("sommes", ["somme", "être"]),
        ("avions", ["avion", "avoir"]),
        ("aura", ["aura", "avoir"]),
        ("vit", ["vivre", "voir"]),
        ("sort", ["sortir", "sort"]),
        ("part", ["partir", "part"]),
        ("lit", ["lire", "lit"]),
        ("bois", ["boire", "bois"]),
        ("court", ["courir", "courte"]),
        ("mise", ["mettre", "mise"]),
        ("vive", ["vivre", "vif"]),
        ("puis", ["pouvoir", "puis"]),
        ("fond", ["fondre", "fond"]),
        ("fils", ["fils", "fil"]),
        ("nuit", ["nuire", "nuits"]),
    ],
)
def test_a_form_of_several_words_is_found_by_each(form: str, words: list[str]) -> None:
    assert [word for word in words if not finds(word, form)] == []


@pytest.mark.parametrize(
    ("form", "others"),
    [
        ("été", ["est", "sont", "était"]),
        ("sommes", ["est", "sont", "êtes"]),
        ("avions", ["avait", "ont"]),
        ("est", ["sont", "était"]),
    ],
)
def test_a_form_of_etre_or_avoir_is_searched_as_what_else_it_is(
    form: str, others: list[str]
) -> None:
    assert query_stems(form, common=False).isdisjoint(map(stem, others))
    assert stem(form) in query_stems(form, common=False)
    assert not query_stems(form, common=True).isdisjoint(map(stem, others))


# Names


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Paris", "pari"),
        ("Rennes", "renne"),
        ("Cannes", "canne"),
        ("Bourges", "bourge"),
        ("Limoges", "limoger"),
        ("Marie", "marier"),
        ("Gilles", "gille"),
        ("PARIS", "pari"),
    ],
)
def test_a_name_is_no_form_of_a_common_word(name: str, word: str) -> None:
    assert not finds(word, name)
    assert finds(name.lower(), name)
    assert finds(name.lower(), name.lower())
    assert finds(word, name.lower())


@pytest.mark.parametrize("text", ["Pierre", "Pierres", "PIERRE", "pierre", "Orange", "oranges"])
def test_a_lower_case_query_finds_the_name_too(text: str) -> None:
    assert finds(fold(text), text)
    assert finds(fold(text).rstrip("s"), text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kiev", "Kyiv"),
        ("Zelensky", "Zelenskyy"),
        ("Zelensky", "Zelenski"),
        ("Odessa", "Odesa"),
        ("Poutine", "Putin"),
        ("Pékin", "Beijing"),
        ("Daech", "Daesh"),
        ("Marioupol", "Mariupol"),
        ("Khadafi", "Kadhafi"),
        ("Netanyahou", "Netanyahu"),
        ("Ouïghours", "Ouïgours"),
        ("Biélorussie", "Bélarus"),
    ],
)
def test_spellings_of_one_name_find_each_other(one: str, other: str) -> None:
    for query, text in permutations((one, other)):
        assert finds(query, text)
        assert finds(fold(query), text.upper())
    assert {token.stem for token in analyze(one)}.isdisjoint(t.stem for t in analyze(other))


# How the words with a key begin


@pytest.mark.parametrize(
    ("word", "forms"), [("œil", "yeux"), ("aller", "ira"), ("avoir", "eu"), ("être", "fut")]
)
def test_the_beginnings_of_irregular_forms(word: str, forms: str) -> None:
    assert forms[:2] in beginnings(query_stems(word))


@given(st.sampled_from([word for family in ONE_WORD for word in family]))
def test_every_form_begins_as_its_key_says(form: str) -> None:
    assert fold(form)[:2] in beginnings([stem(token.word) for token in analyze(form)])


# The dictionary's file


def test_the_dictionary_is_what_its_sources_make() -> None:
    pytest.importorskip("simplemma")
    from index.analysis.dictionary.build import build

    made = dict(build()[-1:])
    assert made["#"].decode() == french.VERSION
