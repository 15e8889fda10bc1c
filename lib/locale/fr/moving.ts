const moving = {
  title: "Déménager vers un autre serveur",
  lead: "Un groupe peut continuer ailleurs, avec ses membres et ses abonné·es. Les deux côtés doivent le dire : le nouveau groupe, qu’il était celui-ci ; celui-ci, où il est.",

  awayTitle: "Partir d’ici",
  awayFound: "Sur l’autre serveur, l’un·e de vous fonde le groupe à nouveau, avec son nom, ses images et ses règles.",
  awayName:
    "Là-bas, cette personne dit qu’il était celui-ci. Sur un Parvis, c’est dans les réglages, sous « {title} », avec l’adresse",
  awayHere: "Ici, vous donnez la nouvelle adresse. Rien ne se passe encore : vous lisez d’abord ce qui s’ensuit.",
  awayField: "Adresse du nouveau groupe",
  addressHint: "@nom@serveur.example, ou l’adresse de sa page.",
  awayButton: "Voir ce qui s’ensuit",

  hereTitle: "Il était sur un autre serveur",
  hereText:
    "Donnez l’adresse que le groupe avait là-bas. Cela ne déplace encore personne : le groupe de là-bas peut alors conduire les siens ici.",
  hereRule:
    "Ses membres demandent alors à entrer selon la règle de ce groupe, qui est maintenant : {openness}. S’ils sont nombreux, il peut être plus simple d’ouvrir le groupe à tout le monde pendant quelques jours.",
  hereRuleOpen: "Ses membres entrent alors selon la règle de ce groupe, qui est maintenant : {openness}.",
  hereField: "Adresse de l’ancien groupe",
  hereButton: "Il était celui-là",
  hereList: "Ce groupe était :",
  remove: "Retirer",
  removeOf: "Retirer {address}",

  confirmTitle: "Déménager vers {address} ?",
  confirmLead: "Le nouveau groupe dit qu’il était celui-ci. Voici ce qui s’ensuit :",
  over: "Ce qui part là-bas",
  followers:
    "{count, plural, =0 {Personne ne suit ce groupe.} one {Un·e abonné·e : si son serveur le comprend, cette personne suit le nouveau groupe sans rien faire.} other {# abonné·es : qui est sur un serveur qui le comprend suit le nouveau groupe sans rien faire.}}",
  understands: "Parvis et Mastodon le comprennent, Mobilizon non.",
  members:
    "{count, plural, one {Un membre est averti, et demande à entrer là-bas.} other {# membres sont avertis, et demandent à entrer là-bas.}} Le nouveau groupe décide qui entre, et redonne les rôles.",
  rule: "Sa règle est : {openness}.",
  ruleNone: "Il n’accueille pas de membres de cette façon : ils apprennent où le suivre.",
  stays: "Ce qui reste ici",
  events:
    "{count, plural, =0 {Aucun événement n’est à venir.} one {Un événement à venir continue ici avec les personnes inscrites, et peut encore être modifié et annulé.} other {# événements à venir continuent ici avec les personnes inscrites, et peuvent encore être modifiés et annulés.}}",
  words: "Les discussions, les billets et les liens restent lisibles ici, pour qui pouvait les lire.",
  address: "L’adresse {address} reste celle de ce groupe, et sa page mène à la nouvelle.",
  ends: "Ce qui n’est plus",
  nothingNew:
    "Rien de nouveau ne commence ici : ni événements, ni billets, ni discussions, ni messages, ni liens, ni invitations, ni membres, ni abonné·es. Les brouillons restent des brouillons ; ce qui est programmé paraît comme prévu.",
  listed: "Le groupe n’est plus dans la liste des groupes de ce serveur.",
  back: "Vous pouvez revenir sur le déménagement, et continuer ici. Qui est déjà parti reste là-bas : personne ne peut l’en rappeler.",
  button: "Déménager le groupe",
  stay: "Rester ici",

  noticeTitle: "{name} a déménagé",
  noticeText: "Désormais, son adresse est",
  fromHere: "Le voir d’ici",
  noticeHere: "Ce qui était prévu ici continue ici ; ce qui est nouveau est là-bas.",
  mark: "A déménagé",
  since: "Il a déménagé le {date}.",
  backTitle: "Revenir sur le déménagement",
  backText:
    "Du nouveau peut de nouveau commencer ici, et les autres serveurs l’apprennent. Qui est parti reste là-bas.",
  backButton: "Revenir ici",
  closeInstead: "Si le groupe doit vivre ailleurs, déménagez-le d’abord : les siens y sont conduits.",

  doneFormer: "C’est enregistré. Le groupe de là-bas peut maintenant conduire les siens ici.",
  doneForgotten: "C’est retiré.",
  doneMoved: "Le groupe a déménagé. Les siens sont conduits là-bas, et un e-mail le dit à ses membres d’ici.",
  doneBack: "Le groupe est de retour. Du nouveau peut de nouveau commencer ici.",
};

export default moving;
