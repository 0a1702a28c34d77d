"""whoami /user /fo csv /nh, of which Wine's own whoami knows nothing: the account's name and its number (SID)."""

import os

import win32api
import win32con
import win32security

token = win32security.OpenProcessToken(win32api.GetCurrentProcess(), win32con.TOKEN_QUERY)
sid, _ = win32security.GetTokenInformation(token, win32security.TokenUser)
print(
    f'"{os.environ.get("COMPUTERNAME", "PC")}\\{win32api.GetUserName()}","{win32security.ConvertSidToStringSid(sid)}"'
)
