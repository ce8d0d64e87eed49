"""The head and the foot of a report: where titles break, and what is told of them."""
import json
import os
import re
import subprocess
import sys

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SAMPLE = os.path.join(TESTS, "examples/changsha-hitech-2019.json")
REST = "政府信息公开工作年度报告"

# organ | title (None: made from organ and year) | the lines it must have
FREE = [
    ("宿迁市", "宿迁市2023年" + REST, ["宿迁市2023年" + REST]),
    ("长沙高新技术产业开发区管理委员会", None,
     ["长沙高新技术产业开发区管理委员会", "2019年" + REST]),
    ("国家税务总局", "国家税务总局关于2019年度" + REST, ["国家税务总局关于2019年度", REST]),
    ("某市人民政府办公室", "2019年某市人民政府办公室" + REST, ["2019年某市人民政府办公室", REST]),
    ("中国（湖南）自由贸易试验区长沙片区长沙高新技术产业开发区管理委员会", None,
     ["中国（湖南）自由贸易试验区长沙片区", "长沙高新技术产业开发区管理委员会", "2019年" + REST]),
    ("湘西土家族苗族自治州人力资源和社会保障局", None,
     ["湘西土家族苗族自治州人力资源和社会保障局", "2019年" + REST]),
    # the year is a joint wherever it stands, with 年, with 年度, or alone
    ("某市", "关于报送2019年度" + REST + "的通知", ["关于报送2019年度", REST + "的通知"]),
    ("某市", "长沙高新技术产业开发区" + REST + "（2019）", ["长沙高新技术产业开发区", REST + "（2019）"]),
    ("某市", "某市某区城乡建设2009" + REST, ["某市某区城乡建设2009", REST]),
    # five figures are no year
    ("某市", "某市12345政务服务热线2019年" + REST, ["某市12345政务服务热线", "2019年" + REST]),
    ("某市", "某市政务服务20190号2019年" + REST, ["某市政务服务20190号2019年", REST]),
]

# lines as given | the codes that are told
GIVEN = [
    (["长沙高新区", "2019年" + REST], []),
    (["长沙高新区", "2019年政府信息公开", "工作年度报告", "（公开）"], []),
    (["长沙高新区2019年" + REST + "全文公布"], ["TITLE"]),
    (["长", "沙高新区2019年" + REST], ["TITLE"]),
]


def title_lines(report):
    done = subprocess.run([os.environ["BANXIN"], "dump", "-", "--stage", "pages", "--findings", "json"],
                          input=json.dumps(report).encode(), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=True)
    told = [json.loads(line)["code"] for line in done.stderr.decode().splitlines()]
    lines = {}
    for y, text in re.findall(r"(?m)^run \d+ (\d+) \d+ \S+ e1 \S+ #\S+ (.*)$", done.stdout.decode()):
        lines[y] = lines.get(y, "") + text
    return list(lines.values()), [code for code in told if code == "TITLE"], told


def main():
    with open(SAMPLE, encoding="utf-8") as file:
        sample = json.load(file)
    faults = 0
    for organ, title, expected in FREE:
        report = {**sample, "organ": organ, "title": title}
        if title is None:
            del report["title"]
        lines, told, _ = title_lines(report)
        if lines != expected or told:
            faults += 1
            print(f"{title or organ}\n  expected {expected}\n  got      {lines} {told}")
    for given, codes in GIVEN:
        lines, told, _ = title_lines({**sample, "title": given})
        if "".join(lines) != "".join(given) or sorted(set(told)) != codes:
            faults += 1
            print(f"{given}\n  expected {codes}\n  got      {lines} {told}")
    print(f"{len(FREE) + len(GIVEN)} titles, {faults} faults")
    return faults > 0


if __name__ == "__main__":
    sys.exit(main())
