const event = {};

export default event;
