"""Takes mail over SMTP and keeps every message in a folder; nothing that it takes is ever delivered.

Run as: mail_sink.py LISTENING_SOCKET FOLDER
"""

import asyncio
import signal
import socket
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP


class Folder:
    """Writes each message to a file of its own, named by the moment, with the envelope in its first headers."""

    def __init__(self, path):
        self.path = Path(path)
        self.path.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server, session, envelope):
        name = f"{time.time_ns()}.eml"
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        part = self.path / f".{name}"
        part.write_bytes(head.encode() + envelope.content)
        part.rename(self.path / name)  # a reader of the folder never sees half a message
        return "250 Kept"


async def serve(listening, folder):
    """Answers on the socket until it is told to stop."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    keeper = Folder(folder)
    server = await loop.create_server(lambda: SMTP(keeper, enable_SMTPUTF8=True), sock=listening)
    await stop.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2]))
