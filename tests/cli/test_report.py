"""The report page, written again."""


def test_it_writes_the_page_again(trained, invoke):
    path = trained[1] / "report.html"
    before = path.read_text()
    path.unlink()
    result = invoke("report", trained[1])
    assert result.exit_code == 0
    assert result.stdout == f"{path}\n"
    assert len(path.read_text()) == len(before)


def test_no_run(refused, tmp_path):
    assert str(tmp_path / "summary.json") in refused("report", tmp_path)
