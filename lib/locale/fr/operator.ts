const operator = {};

export default operator;
