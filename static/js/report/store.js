// The two places a report is kept in: this device, one database a person, and the server.

let opened;
export const owner = () => localStorage.getItem("report-owner");

export function open(user) {
  if (user) localStorage.setItem("report-owner", user);
  opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open(`report-${owner()}`, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("draft", { keyPath: "key" });
      asked.result.createObjectStore("file", { keyPath: "uuid" });
    };
    asked.onsuccess = () => {
      // Cleared by the sign-out in another window: this one forgets it too.
      asked.result.onversionchange = asked.result.onclose = () => {
        asked.result.close();
        location.reload();
      };
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

/* Done when it is written down; refused where there is no room. */
async function step(store, mode, act) {
  const whole = (await opened).transaction(store, mode);
  const asked = act(whole.objectStore(store));
  return new Promise((resolve, reject) => {
    whole.oncomplete = () => resolve(asked.result);
    whole.onabort = () => reject(whole.error);
  });
}

export const get = (store, key) => step(store, "readonly", (rows) => rows.get(key));
export const all = (store) => step(store, "readonly", (rows) => rows.getAll());
export const put = (store, row) => step(store, "readwrite", (rows) => rows.put(row));
export const drop = (store, key) => step(store, "readwrite", (rows) => rows.delete(key));
export const filesOf = async (key) => (await all("file")).filter((file) => file.key === key).sort((a, b) => a.at - b.at);

/* Something of it is on this device alone. */
export const isUnsent = (draft) => draft.rev > draft.synced || draft.wanted || draft.waiting > 0;

/* No answer, and why: "retry", "signin", "again". */
export class Stop extends Error {}

/* `path`: below the API, or a whole path. The answer is 2xx or 4xx. */
export async function ask(path, { method = "GET", json, bytes, headers } = {}) {
  const sent = { Accept: "application/json", "X-CSRFToken": ask.token, ...headers };
  if (json) sent["Content-Type"] = "application/json";
  const facts = { method, headers: sent, body: json ? JSON.stringify(json) : bytes, redirect: "manual", cache: "no-store" };
  const answer = await fetch(path.startsWith("/") ? path : `/api/v1/${path}`, facts).catch(() => {
    throw new Stop("retry");
  });
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new Stop("signin");
  if (answer.status >= 500 || answer.status === 429) throw new Stop("retry");
  return answer;
}
