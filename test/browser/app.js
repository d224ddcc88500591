/* An app's page: what a test tells it to call of the SDK, and what came of it. Served as it is. */
const { Account, Client } = window.Appwrite;

const endpoint = new URLSearchParams(location.search).get('endpoint');
const account = new Account(new Client().setEndpoint(endpoint).setProject('default'));

window.call = async (method, args) => {
  try {
    return { value: await account[method](...args) };
  } catch ({ code, type, response, message }) {
    // 0.15's SDK keeps the whole answer instead of its type.
    return { refused: { code, type: type || response?.type, message } };
  }
};
