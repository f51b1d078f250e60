"""Names and addresses in Chinese, Japanese and Korean script, where the words around say so.

The name model was taught on text with spaces between words, so these scripts are left to rules:
a surname among the commonest before a title ("王经理", "佐藤さん", "김민수 씨"), what follows an
introduction or a label, and addresses built from province to house number. Invariant: nothing is
searched in a text without a cue, and a span never leaves its own script, save for figures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.cues import Cue
    from maskwell.detection.scan import Scan

__all__ = ["EastAsianRecognizer"]

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff々"
_HANGUL: Final = "\uac00-\ud7a3"
_CHINESE_SURNAMES: Final = (
    "欧阳|司马|上官|诸葛|慕容|司徒|歐陽|諸葛|"
    "[王李张劉刘陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高梁郑鄭罗羅宋谢謝唐韩韓曹许許邓鄧萧蕭冯馮"
    "曾程蔡彭潘袁于董余苏蘇叶葉吕呂魏蒋蔣田杜丁沈姜范江傅钟鐘卢盧汪戴崔任陆陸廖姚方金邱夏谭譚韦韋贾賈"
    "邹鄒石熊孟秦阎閻薛侯雷白龙龍段郝孔邵史毛常万萬顾顧赖賴武康贺賀严嚴尹钱錢施牛洪龚龔]"
)
_KOREAN_SURNAMES: Final = (
    "[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원"
    "천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용]"
)
_CHINESE_TITLES: Final = (
    "先生", "女士", "小姐", "经理", "經理", "老师", "老師", "医生", "醫生", "大夫", "律师", "律師",
    "教授", "主任", "总监", "總監", "护士", "同学", "同學", "阿姨", "师傅", "太太", "的妈妈",
    "的爸爸", "的父亲", "的母亲", "的家长", "的儿子", "的女儿", "的妻子", "的丈夫",
)  # fmt: skip
_JAPANESE_TITLES: Final = (  # the last one closes an introduction
    "さん",
    "さま",
    "様",
    "くん",
    "ちゃん",
    "氏",
    "先生",
    "部長",
    "課長",
    "社長",
    "と申し",
)
_KOREAN_TITLES: Final = ("씨", "님", "과장", "대리", "부장", "선생님", "교수", "사장")
_INTRODUCTIONS: Final = (
    "我叫", "我是", "名叫", "姓名", "名字是", "名字叫",
    "联系人", "聯絡人", "收件人", "患者", "病人",
    "私は", "私の名前は", "僕は", "氏名", "名前は", "お名前", "担当者", "担当", "宛名",
    "妈妈", "爸爸", "父亲", "母亲", "丈夫", "妻子", "儿子", "女儿", "老公", "老婆", "同事", "朋友",
    "남편", "아내", "아들", "딸", "어머니", "아버지", "친구", "동료", "안녕하세요", "안녕하세요,",
    "이름은", "성명", "저는", "담당자", "고객명", "성함", "이름", "환자명", "수신인", "예약자",
)  # fmt: skip
_CHINESE_BEFORE = re.compile(rf"(?:{_CHINESE_SURNAMES})[{_HAN}]{{0,2}}\Z")
_JAPANESE_BEFORE = re.compile(
    rf"(?<![{_HAN}ァ-ヶー])(?:[{_HAN}]{{1,5}}|[ァ-ヶー]{{2,8}}"
    rf"|[{_HAN}]{{1,3}}[ぁ-いうかき-くけこさ-しすせそち-ちつな-なぬねひ-ひふほま-みむめや-ろわん]{{2,3}})\Z"
)
_KOREAN_BEFORE = re.compile(rf"(?<![{_HANGUL}]){_KOREAN_SURNAMES}[{_HANGUL}]{{1,3}} ?\Z")
_INTRODUCED = re.compile(
    rf"[：:\s]{{0,2}}(?P<name>(?:{_CHINESE_SURNAMES})[{_HAN}]{{1,2}}"
    rf"(?:(?![{_HAN}])|(?=的[父母爸妈儿女妻丈老朋同学哥姐弟妹助秘律]))"
    rf"|[{_HAN}]{{2,6}}(?=です|と申|といい|と言)"
    rf"|(?<=[：:\s])[{_HAN}]{{1,3}}[ 　]?[{_HAN}]{{1,3}}(?=\s|[,，、。;；]|\Z)"
    rf"|{_KOREAN_SURNAMES}[{_HANGUL}]{{2}}(?=입니다|이고|[가이은는을를의와과께](?![가-힣])|이에요|이며|예요|라고|[,.\s]|\Z))"
)
_NOBODY: Final = frozenset(
    """
    皆 各位 先 奥 神 客 業者 店員 学生 先生 同 彼 何 貴 人 仏 母 父 兄 姉 弟 妹
    子 娘 嫁 旦那 学校 病院 患者
    高级 高级项目 项目 何 方 任何 金融 万 常 余 于 段 史 龙 牛 医者 会社 王 王様
    김치 이것 이번 이런 정말 한국 오늘 서울 전화 주문
    고객 이름 선생 부모 하나 여러분 회원 사장 손 하느
    이야기 이름은 이름이 이것은 이거는 주말에 전화를 전화가 주소를 주소는 주소가 정보를 정보는
    선물을 선물은
    선생님 사진을 사람이 사람은 조금만 오늘은 오빠가 하나를 고민을 문제가 문제를
    여행을 여기서 한국어 한국은
    한국의 연락을 연락이 마음이 마음을 안부를 우리가 우리는
    서울의 서울은 장난을 모두가 모두를 원하는
    """.split()
)
_LONGEST_NAME: Final = 8
_PARTS: Final = ("省", "市", "区區县縣", "镇鎮乡鄉")
_UP_TO: Final = {part: rf"(?:(?![{part}])[{_HAN}])" for part in _PARTS}
"""A character of a part's name: never the one that closes the part, so it is read one way."""
_CHINESE_ADDRESS = re.compile(
    rf"(?:{_UP_TO['省']}{{2,7}}省|[{_HAN}]{{2,7}}自治区)?(?:{_UP_TO['市']}{{2,6}}市)?"
    rf"(?:{_UP_TO['区區县縣']}{{1,6}}[区區县縣])?(?:{_UP_TO['镇鎮乡鄉']}{{1,5}}[镇鎮乡鄉])?"
    rf"[{_HAN}]{{1,8}}(?:路|街|道|巷|弄|大道|大街|胡同)"
    rf"(?:[{_HAN}]{{0,2}}段)?\d{{1,5}}(?:弄\d{{1,5}})?[号號](?:院|楼|樓)?"
    rf"(?:[\d一-十A-Za-z]{{1,5}}(?:号楼|號樓|楼|樓|栋|棟|单元|單元|室|层|層|座|之\d)){{0,4}}"
)
_JAPANESE_ADDRESS = re.compile(
    rf"(?:〒? ?\d{{3}}-\d{{4}} ?)?(?:東京都|北海道|(?:大阪|京都)府|[{_HAN}]{{2,3}}県)"
    rf"[{_HAN}ぁ-んァ-ヶーヶ]{{2,18}}(?:\d{{1,4}}(?:丁目|番地?|号|[-−ー－]))*\d{{1,4}}(?:丁目|番地?|号)?"
    rf"(?:[ 　]?[{_HAN}ァ-ヶーA-Za-z]{{2,14}} ?\d{{2,4}}(?:号室)?)?"
)
_KOREAN_ADDRESS = re.compile(
    rf"(?:[{_HANGUL}]{{2,7}}(?:특별시|광역시|도|시) )(?:[{_HANGUL}]{{1,5}}[시군구] ){{1,2}}"
    rf"[{_HANGUL}\d]{{1,10}}(?:로|길|동) ?\d{{1,4}}(?:-\d{{1,3}})?(?:번지)?"
    rf"(?:,? ?\d{{1,4}}동)?(?: ?\d{{1,4}}호)?"
)
_STREET_NUMBER = re.compile(
    rf"(?P<run>[{_HAN}]{{2,40}})(?<=[路街道巷弄同段])\d{{1,5}}(?:弄\d{{1,5}})?\Z"
)
_FIGURE_AFTER_JAPANESE = re.compile(rf"[{_HAN}ぁ-んァ-ヶーヶ]{{2,18}}\d")
_FIGURE_AFTER_KOREAN = re.compile(r" ?\d")
_BEFORE_KOREAN = re.compile(rf"[시군구] [{_HANGUL}\d]{{1,10}}\Z")
_CHINESE_CUES: Final = ("号", "號")
_JAPANESE_CUES: Final = ("東京都", "北海道", "府", "県")
_KOREAN_CUES: Final = ("로", "길", "동")
_ADDRESS_BEFORE: Final = 48
_ADDRESS_AFTER: Final = 48
_POSTCODE_BEFORE: Final = 14
_STREET_BEFORE: Final = 12
_LEAD = re.compile(r"(?:.*(?:住在|地址是?|位于|寄到|住所は|我家在|家住|搬到|送到|在))")
_LED: Final = 8


def _address_around(text: str, cue: Cue, last: int) -> re.Match[str] | None:
    """Search for an address, only where a figure stands as its cue wants one.

    The search costs a hundred times what the look does, and these cues are common syllables.
    """
    high = cue.end + _ADDRESS_AFTER
    if cue.word in _CHINESE_CUES:
        if not text[cue.start - 1 : cue.start].isdigit():
            return None
        low = max(last, cue.start - _ADDRESS_BEFORE)
        street = _STREET_NUMBER.search(text, low, cue.start)
        return street and _CHINESE_ADDRESS.search(text, street.start("run"), high)
    if cue.word in _JAPANESE_CUES:
        if not _FIGURE_AFTER_JAPANESE.match(text, cue.end):
            return None
        return _JAPANESE_ADDRESS.search(text, max(last, cue.start - _POSTCODE_BEFORE), high)
    low = max(0, cue.start - _STREET_BEFORE)
    is_numbered = _FIGURE_AFTER_KOREAN.match(text, cue.end) is not None
    if not is_numbered or not _BEFORE_KOREAN.search(text, low, cue.start):
        return None
    return _KOREAN_ADDRESS.search(text, max(last, cue.start - _ADDRESS_BEFORE), high)


class EastAsianRecognizer(Recognizer):
    """Finds people and addresses in Chinese, Japanese and Korean."""

    name = "east_asian"
    entity_types = (EntityType.PERSON, EntityType.ADDRESS)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """Titles, introductions, and what ends or opens an address."""
        return {
            "cjk:chinese": _CHINESE_TITLES, "cjk:japanese": _JAPANESE_TITLES,
            "cjk:korean": _KOREAN_TITLES, "cjk:introduction": _INTRODUCTIONS,
            "cjk:address": (*_CHINESE_CUES, *_JAPANESE_CUES, *_KOREAN_CUES),
        }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield what stands there."""
        for kind, before in (
            ("chinese", _CHINESE_BEFORE), ("japanese", _JAPANESE_BEFORE),
            ("korean", _KOREAN_BEFORE),
        ):  # fmt: skip
            yield from self._titled(scan, kind, before)
        for cue in scan.cues.of("cjk:introduction"):
            match = _INTRODUCED.match(scan.text, cue.end, cue.end + 2 * _LONGEST_NAME)
            if match and match["name"] not in _NOBODY:
                yield self._person(*match.span("name"), f"after “{cue.word}”")
        yield from self._addresses(scan)

    def _titled(self, scan: Scan, kind: str, before: re.Pattern[str]) -> Iterator[Match]:
        for cue in scan.cues.of(f"cjk:{kind}"):
            match = before.search(scan.text, max(0, cue.start - _LONGEST_NAME), cue.start)
            if match and match.group().strip() not in _NOBODY:
                end = match.start() + len(match.group().rstrip())
                yield self._person(match.start(), end, f"before the title “{cue.word}”")

    def _addresses(self, scan: Scan) -> Iterator[Match]:
        last = 0
        for cue in scan.cues.of("cjk:address"):
            if cue.start < last:
                continue
            match = _address_around(scan.text, cue, last)
            if match and match.start() <= cue.start < match.end():
                last = match.end()
                start = match.start()
                lead = _LEAD.match(scan.text, start, start + _LED)
                start = lead.end() if lead else start
                reason = "the order of an address, from province or street to number"
                yield Match(start, last, EntityType.ADDRESS, 0.8, self.name, reason)

    def _person(self, start: int, end: int, reason: str) -> Match:
        return Match(start, end, EntityType.PERSON, 0.75, self.name, reason)
