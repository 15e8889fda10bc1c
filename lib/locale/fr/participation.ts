const participation = {};

export default participation;
