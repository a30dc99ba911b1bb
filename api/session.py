"""Who may see what is not public: one key per start, and a signed cookie for whoever showed it.

Like a notebook server: ``fangyu serve`` prints a link with the key; opening it trades the key for a cookie.
"""

import hashlib
import hmac
import math
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

COOKIE = "fangyu_session"
LASTS_S = 12 * 3600
_WRONG_KEYS_ALLOWED = 10
_WINDOW_S = 60.0
_CLIENTS_REMEMBERED = 1000


class Sessions:
    """Makes and tests session cookies.

    Parameters
    ----------
    key
        What staff must show; None makes a random one, so that nobody gets in who was not told.
    now
        Clock in seconds since 1970.
    """

    def __init__(self, key: str | None = None, *, now: Callable[[], float] = time.time) -> None:
        self.key = key or secrets.token_urlsafe(24)
        self._now = now
        self._secret = hashlib.sha256(b"fangyu session\0" + _bytes(self.key)).digest()

    def opens(self, shown: str) -> bool:
        """Tell whether the key shown is right, taking the same time whatever it is."""
        return hmac.compare_digest(_digest(shown), _digest(self.key))

    def issue(self) -> str:
        """Make the value of a cookie that is good for twelve hours."""
        until = str(int(self._now()) + LASTS_S)
        return f"{until}.{self._sign(until)}"

    def accepts(self, cookie: str | None) -> bool:
        """Tell whether a cookie is ours, whole and not out of date; None is no session."""
        until, _, signature = (cookie or "").partition(".")
        if not hmac.compare_digest(_digest(signature), _digest(self._sign(until))):
            return False
        return int(until) > self._now()

    def _sign(self, until: str) -> str:
        return hmac.new(self._secret, _bytes(until), hashlib.sha256).hexdigest()


def _digest(text: str) -> bytes:
    return hashlib.sha256(_bytes(text)).digest()


def _bytes(text: str) -> bytes:
    """Encode whatever a browser sent, lone surrogates included."""
    return text.encode("utf-8", "surrogatepass")


class WrongKeys:
    """Counts wrong keys by client: ten within a minute close the door until the minute is over.

    Parameters
    ----------
    now
        Clock in seconds that never goes back.
    """

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def add(self, client: str) -> None:
        """Remember that a client showed a wrong key."""
        with self._lock:
            self._times.setdefault(client, deque(maxlen=_WRONG_KEYS_ALLOWED)).append(self._now())
            self._times.move_to_end(client)
            if len(self._times) > _CLIENTS_REMEMBERED:
                self._times.popitem(last=False)

    def wait_s(self, client: str) -> int:
        """Return how many seconds a client must wait before the next try; 0 when it may try now."""
        with self._lock:
            times = self._times.get(client)
            if times is None or len(times) < _WRONG_KEYS_ALLOWED:
                return 0
            return max(0, math.ceil(times[0] + _WINDOW_S - self._now()))
