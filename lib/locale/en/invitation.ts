const invitation = {
  for: "The invitation is for {whom}.",
  otherAddress:
    "You are signed in with {own}. Sign out, then in again with the account of that address, or ask to be invited by your handle.",
  otherProfile: "You are signed in with {own}. Sign out, then in again with the account that this profile belongs to.",
  signIn: "To accept, sign in.",
  account_open: "No account yet? Open one with the address that was invited: the invitation then waits on your desk.",
  account_approval:
    "No account yet? Ask for one with the address that was invited. Whoever runs this server looks at it first; once it is open, the invitation waits on your desk.",
  account_closed: "This server takes no new accounts.",
  mail_open: "It is for this address. Without an account on {host} you can open one with it.",
  mail_approval:
    "It is for this address. Without an account on {host} you can ask for one with it: whoever runs the server looks at it first, and the invitation then waits for you.",
  mail_closed: "It is for the account that this address has on {host}; the server takes no new ones.",
};

export default invitation;
