const find = {};

export default find;
