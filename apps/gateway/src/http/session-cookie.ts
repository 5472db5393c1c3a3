export const COOKIE = 'sfs_session';

/** The value of our cookie; '' without one. Two of them (a planted one beside ours) count as none. */
export function sessionCookieOf(header: string | undefined): string {
  const values = (header ?? '').split(';').flatMap((part) => {
    const [name, value = ''] = part.trim().split('=', 2);
    return name === COOKIE ? [value] : [];
  });
  return values.length === 1 ? (values[0] ?? '') : '';
}

/** Set-Cookie; no Max-Age: it ends with the browser, and on our side by time. */
export function setCookie(value: string, secure: boolean): string {
  return `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}

export function clearCookie(secure: boolean): string {
  return `${setCookie('', secure)}; Max-Age=0`;
}
