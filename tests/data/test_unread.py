from trainwell.data._unread import describe_unread


def test_reasons_are_counted_the_most_first():
    names = ["a", "b", "c.NEF", "d.txt", "e.txt", "f.txt", ".DS_Store"]
    assert describe_unread(names) == (
        "3 files ending in .txt, 2 files without an ending, 1 camera raw (save it as "
        "JPEG)"
    )
    assert describe_unread([".hidden"]) == "no file"
    assert describe_unread(["a.{x}"]) == "1 file ending in .x"
