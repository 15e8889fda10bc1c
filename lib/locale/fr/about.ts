const about = {
  title: "À propos de {name}",
  whatTitle: "Ce que c’est",
  what: "{name} est un panneau d’affichage public pour les événements et les rencontres. Tout le monde peut le lire et participer avec une simple adresse e-mail : ni compte, ni application.",
  demonstration:
    "Ceci est une démonstration : les événements sont inventés, et les messages restent sur le serveur au lieu d’être envoyés.",
  whoTitle: "Qui s’en occupe",
  who: "{name} est un serveur (on dit aussi « instance ») tenu par ses propres hôtes. Il dépend d’eux, et non d’une entreprise qui vend de la publicité.",
  contact: "Pour écrire aux personnes qui tiennent ce serveur : {address}.",
  noContact: "Aucune adresse n’est encore indiquée pour les questions.",
  joinTitle: "Publier des événements",
  registration_open: "Tout le monde peut ouvrir un compte ici pour publier des événements.",
  registration_approval:
    "Les comptes pour publier s’obtiennent sur demande : les personnes qui tiennent ce serveur examinent chacune d’elles.",
  registration_closed: "Ce serveur n’accueille pas de nouveaux comptes en ce moment.",
  helpTitle: "Aide",
  helpFind:
    "Trouver : la première page montre l’agenda, jour après jour. On cherche par mots, lieu et date ; chaque page de résultats a sa propre adresse, à garder, à partager ou à suivre dans son agenda.",
  helpJoin:
    "Participer : indiquez votre adresse e-mail sur la page de l’événement. Un message arrive avec un lien ; rien n’est réservé tant que vous n’avez pas appuyé sur son bouton.",
  helpLeave:
    "Changer d’avis : le même lien montre votre participation, permet de l’annuler et d’effacer vos données. S’il est perdu, demandez l’envoi de tous vos liens.",
  softwareTitle: "Le logiciel",
  software:
    "Parvis, version {version} : un logiciel libre sous licence AGPL, version 3 ou ultérieure. Chacun peut l’utiliser, l’étudier, le modifier et le partager.",
  rulesTitle: "Règles",
  rulesIntro: "Ce qui vaut pour toutes les personnes qui publient ou écrivent ici.",
  rule1:
    "Annoncez des événements qui ont lieu, à l’heure et à l’endroit indiqués. Signalez tout changement et toute annulation : les personnes inscrites en sont prévenues.",
  rule2:
    "Respectez les gens. La haine, les menaces, le harcèlement et les mensonges sur des personnes n’ont pas leur place ici.",
  rule3: "Pas de publicité déguisée en événement, pas d’envois en masse.",
  rule4: "Ce qui est contraire à la loi du lieu où se trouve ce serveur n’est pas publié ici.",
  rule5: "Les personnes qui tiennent ce serveur peuvent masquer ce qui enfreint ces règles.",
  termsTitle: "Conditions",
  terms1:
    "L’usage de {name} est gratuit, et le service est fourni tel quel. Ses hôtes en prennent soin, mais ne promettent ni qu’il réponde toujours, ni que chaque annonce soit exacte.",
  terms2:
    "Un événement appartient à qui l’organise. Sa tenue, son prix et son accès se règlent entre vous et cette personne ou ce groupe.",
  terms3:
    "Ce que vous publiez reste à vous. En le publiant, vous permettez à ce serveur de le montrer et de le transmettre par les agendas, les flux et les résultats de recherche.",
  terms4:
    "Indiquer l’adresse de quelqu’un d’autre ne sert à rien : sans le bouton du message, rien n’est réservé, et la demande est effacée après 48 heures.",
  privacyTitle: "Vie privée",
  privacyIntro: "Ce que ce serveur garde, et combien de temps.",
  readTitle: "Quand vous lisez",
  read1:
    "Aucun cookie, aucun traceur, aucune publicité, et rien n’est chargé depuis un autre serveur. Un cookie n’est posé que si vous choisissez ici une langue ou un thème, pour retenir ce choix.",
  read2: "Les journaux ne contiennent ni adresses IP ni adresses e-mail.",
  read3:
    "Contre les avalanches de requêtes, ce serveur compte les demandes venues d’un même réseau, pendant un jour au plus et sous un code qui change chaque jour.",
  read4:
    "Un formulaire qui vous revient avec une phrase sur ce qui ne va pas est gardé une heure, montré dans votre seul réseau, et oublié une fois qu’il a abouti.",
  takeTitle: "Quand vous participez",
  take1:
    "Votre adresse e-mail, ce que vous écrivez d’autre dans le formulaire, votre langue et votre fuseau horaire : gardés pour l’événement auquel vous participez, montrés à l’organisation seule, jamais publiés. Votre nom ne figure sur la page de l’événement que si vous le demandez.",
  take2: "Une demande non confirmée est effacée après 48 heures.",
  take3:
    "{days, plural, =0 {Votre adresse est effacée dès la fin de l’événement.} one {Votre adresse est effacée # jour après l’événement.} many {Votre adresse est effacée # jours après l’événement.} other {Votre adresse est effacée # jours après l’événement.}} Vous pouvez l’effacer à tout moment par le lien de votre message.",
  take4: "Les messages sont oubliés 30 jours après leur envoi. Ils ne contiennent aucune image espion.",
  commentTitle: "Quand vous commentez",
  comment1:
    "Ce que vous dites sous un événement est public, avec le nom de votre profil. C’est envoyé aux serveurs des personnes à qui vous répondez ou que vous nommez, et à celui qui organise, si l’événement vient d’ailleurs.",
  comment2:
    "Vous pouvez le modifier ou le supprimer à tout moment. Supprimé, son texte est effacé ici tout de suite, et les autres serveurs sont priés de l’effacer ; ce qu’ils font ne dépend que d’eux.",
  discussTitle: "Quand vous discutez dans un groupe",
  discuss1:
    "Ce que vous y écrivez est lu par les membres du groupe, y compris par qui arrivera plus tard. Les membres qui l’ont choisi le reçoivent par e-mail. Jusqu’où vous avez lu, personne d’autre ne l’apprend.",
  discuss2:
    "Vous pouvez supprimer chacun de vos messages, et la modération du groupe aussi. Supprimé, son texte est effacé tout de suite ; on voit encore qu’il y avait un message. Si vous supprimez votre compte, tous sont effacés.",
  shareTitle: "Quand vous rangez des liens dans un groupe",
  share1:
    "Ce que vous ajoutez aux ressources d’un groupe est vu par ses membres, avec votre nom. La page derrière un lien est lue une fois par ce serveur, non par votre navigateur, pour dire ici comment elle s’appelle ; à un pad ou à une visio, rien n’est demandé.",
  share2:
    "Vous pouvez supprimer ce que vous y avez mis, et la modération du groupe aussi. Supprimez votre compte, et vos liens disparaissent ; un dossier reste tant que d’autres y rangent quelque chose, sans votre nom.",
  organiseTitle: "Quand vous organisez",
  organiseLookup:
    "Seulement lorsque vous appuyez sur « Chercher cette adresse », ce serveur envoie l’adresse du formulaire à {host}, choisi par son hébergeur : ni nom, ni compte, ni rien de votre navigateur ne l’accompagne.",
  rightsTitle: "Vos droits",
  rights:
    "Vous pouvez demander ce qui est gardé sur vous, le faire corriger ou effacer, et saisir l’autorité de protection des données.",
};

export default about;
