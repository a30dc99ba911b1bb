from api.session import LASTS_S, Sessions, WrongKeys


def test_a_cookie_we_issued_is_accepted_until_it_runs_out():
    clock = [1000.0]
    sessions = Sessions("key", now=lambda: clock[0])
    cookie = sessions.issue()
    assert sessions.accepts(cookie)
    clock[0] += LASTS_S + 1
    assert not sessions.accepts(cookie)


def test_a_cookie_with_a_later_date_written_in_is_refused():
    sessions = Sessions("key")
    until, signature = sessions.issue().split(".")
    assert not sessions.accepts(f"{int(until) + 1}.{signature}")


def test_nonsense_is_no_session():
    sessions = Sessions("key")
    assert [sessions.accepts(cookie) for cookie in (None, "", ".", "x.y", "9999999999.", "\udcff.z")] == [
        False
    ] * 6


def test_the_cookie_of_another_key_is_refused():
    assert not Sessions("one").accepts(Sessions("two").issue())


def test_the_same_key_after_a_restart_keeps_people_signed_in():
    assert Sessions("fixed").accepts(Sessions("fixed").issue())


def test_without_a_key_each_start_has_its_own():
    assert Sessions().key != Sessions().key
    assert len(Sessions().key) >= 32


def test_ten_wrong_keys_close_the_door_for_a_minute():
    clock = [0.0]
    wrong = WrongKeys(now=lambda: clock[0])
    for _ in range(9):
        wrong.add("here")
    assert wrong.wait_s("here") == 0
    wrong.add("here")
    assert wrong.wait_s("here") == 60
    assert wrong.wait_s("elsewhere") == 0
    clock[0] = 60.0
    assert wrong.wait_s("here") == 0
