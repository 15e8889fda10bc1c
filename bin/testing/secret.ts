/** The key of tests and of the instances that they start: both derive the same tokens. */
export const testSecret = "not-a-secret-but-the-key-of-all-tests-0123456789";
