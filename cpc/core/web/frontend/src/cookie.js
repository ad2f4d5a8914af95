// The value of a cookie, read when it is sent: signing in again in another tab changes it.
export const cookie = (name) =>
  (document.cookie.split("; ").find((part) => part.startsWith(`${name}=`)) || "").split("=")[1] || "";
