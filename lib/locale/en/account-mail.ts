const accountMail = {
  from: "This mail was sent by {name}, {host}, about an account there.",
  linkLife: "The link works once, until {until}.",
  signInButton: "Sign in",

  signUpSubject: "Confirm your address for {host}",
  signUpTitle: "One button, and the account is yours",
  signUpText:
    "Somebody, most likely you, asked for an account on {host} with this address. Its profile will be {handle}. Open the page below and press the button there.",
  signUpButton: "Go to the confirmation",
  signUpLife: "The link works until {until}. After that the request and this address are erased.",

  knownSubject: "You already have an account on {host}",
  knownTitle: "You already have an account",
  knownText:
    "Somebody, most likely you, typed this address on {host} as a new one. It has an account there already, and nothing was changed.",
  knownAfter: "Password forgotten? On that page you can have a link mailed to you that signs you in without it.",

  approvedSubject: "Welcome to {host}",
  approvedTitle: "Welcome",
  approvedText: "The host of {host} has opened your account, {handle}.",
  approvedInvitation: "You are invited into {group}: sign in by this button, and the invitation is there.",

  rejectedSubject: "Your request to {host}",
  rejectedTitle: "No account this time",
  rejectedText: "The host of {host} did not open the account that you asked for. What you wrote is erased.",
  rejectedAfter: "To take part in events there, no account is needed: an e-mail address is enough.",

  signInSubject: "Sign in to {host}",
  signInTitle: "Sign in",
  signInText:
    "Somebody, most likely you, asked to sign in to {host} by mail. Open the page and press the button there.",

  resetSubject: "New password for {host}",
  resetTitle: "Choose a new password",
  resetText:
    "Somebody, most likely you, asked for a new password on {host}. The one you have stays until you choose it.",
  resetButton: "Choose a password",

  addressSubject: "Confirm your address for {host}",
  addressTitle: "Is this your address?",
  addressText:
    "This address was given for the account {handle} on {host}. Open the page below and press the button there; nothing changes before that.",
  addressButton: "Go to the confirmation",

  noticeSubject: "Changed on your account: {what}",
  noticeTitle: "Something has changed",
  whatPassword: "password",
  whatAddress: "e-mail address",
  whatIdentity: "ways to sign in",
  noticePassword:
    "The password of your account {handle} on {host} was changed. Everybody who was signed in has been signed out.",
  noticeAddress: "This is now the address of your account {handle} on {host}.",
  noticeRestored:
    "This is again the address of your account {handle} on {host}. Everybody was signed out, and the password no longer works: please choose a new one.",
  noticeIdentity:
    "On your account {handle} on {host}, an identity of another service was connected or disconnected as a way to sign in.",
  noticeButton: "See my settings",
  noticeAfter: "It was you? Then there is nothing to do. It was not? Choose a new password at once.",

  changedAddressTitle: "Your account has another address",
  changedAddressText: "The account {handle} on {host} now has the address {address}, and no longer this one.",
  changedAddressUndo:
    "If that was not you: the page below gives the account back to this address, signs everybody out and takes the password away.",
  undoButton: "Undo the change",

  deletedSubject: "Your account on {host} is deleted",
  deletedTitle: "Your account is deleted",
  deletedText:
    "Your account on {host} is closed, and nobody is signed in to it. Your events are being removed, and whoever wanted to come is told; your places at other events are free again.",
  deletedAfter:
    "This address is erased there within a day. What stays is that your handles existed, so that nobody else can take them. This is the last mail.",
};

export default accountMail;
