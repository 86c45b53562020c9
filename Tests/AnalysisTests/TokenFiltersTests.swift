import Testing
import TestSupport

@testable import Analysis

struct TermFiltersTests {
    @Test(arguments: [
        ("lowercase", "THE Quick ÀÉ ΣΑΣ", ["the", "quick", "àé", "σασ"]), ("uppercase", "the quick àé", ["THE", "QUICK", "ÀÉ"]),
        ("asciifolding", "açaí à la carte Øß œuvre ﬁ Đ", ["acai", "a", "la", "carte", "Oss", "oeuvre", "fi", "D"]),
        ("reverse", "quick fox", ["kciuq", "xof"]), ("trim", "a b", ["a", "b"]), ("apostrophe", "Istanbul'a veya", ["Istanbul", "veya"]),
        ("decimal_digit", "१-one two-२ ३", ["1-one", "two-2", "3"]), ("unique", "the quick the fox", ["the", "quick", "fox"]),
        ("limit", "quick fox", ["quick"]), ("cjk_width", "ｼｰｻｲﾄﾞﾗｲﾅｰ ＡＢ１", ["シーサイドライナー", "AB1"]),
        ("german_normalization", "Straße häuser haeuser quelle", ["Strasse", "hauser", "hauser", "quelle"]),
        ("scandinavian_folding", "blåbærsyltetøj räksmörgås", ["blabarsyltetoj", "raksmorgas"]),
        ("arabic_normalization", "أحمد", ["احمد"]), ("porter_stem", "the foxes jumping quickly", ["the", "fox", "jump", "quickli"]),
        ("keyword_repeat", "a", ["a", "a"]), ("truncate", "abcdefghijklmno", ["abcdefghij"]), ("elision", "j'examine l'avion", ["examine", "avion"]),
    ])
    func changesTerms(filter: String, text: String, terms: [String]) throws {
        #expect(try analyzer(.name("whitespace"), [.name(filter)]).tokens(of: text).terms == terms)
    }

    @Test(arguments: [("turkish", "ISPARTA İZMİR", ["ısparta", "izmir"]), ("greek", "ΆΣ", ["ασ"]), ("irish", "nAthair", ["n-athair"])])
    func makesLettersSmallByLanguage(language: String, text: String, terms: [String]) throws {
        #expect(try analyzer(.name("whitespace"), [described("lowercase", ["language": .string(language)])]).tokens(of: text).terms == terms)
    }

    @Test func keepsTheOriginalBesideFoldedTerms() throws {
        let filter = described("asciifolding", ["preserve_original": .string("true")])
        #expect(try analyzer(.name("standard"), [filter]).tokens(of: "açaí la").lines == ["acai 0-4@0", "açaí 0-4@0", "la 5-7@1"])
    }

    @Test func cutsNoCharacterApart() throws {
        let filter = described("truncate", ["length": .string("2")])
        #expect(try analyzer(.name("whitespace"), [filter]).tokens(of: "a😀b abc").terms == ["a", "ab"])
    }

    @Test func replacesPatterns() throws {
        let filter = described("pattern_replace", ["pattern": .string("(dog)"), "replacement": .string("watch$1")])
        #expect(try analyzer(.name("whitespace"), [filter]).tokens(of: "foxes jump lazy dogs").terms == ["foxes", "jump", "lazy", "watchdogs"])
        let first = described("pattern_replace", ["pattern": .string("a"), "replacement": .string("-"), "all": .string("false")])
        #expect(try analyzer(.name("keyword"), [first]).tokens(of: "banana").terms == ["b-nana"])
    }

    @Test func findsGroups() throws {
        let filter = described("pattern_capture", ["patterns": .strings(["(\\w+)@(\\w+)"]), "preserve_original": .string("true")])
        #expect(try analyzer(.name("whitespace"), [filter]).tokens(of: "john@foo").lines == ["john@foo 0-8@0", "john 0-8@0", "foo 0-8@0"])
    }
}

struct SelectionFiltersTests {
    @Test func stopWordsLeaveGaps() throws {
        let stream = try analyzer(.name("whitespace"), [.name("stop")]).tokens(of: "a quick fox jumps over the lazy dog a")
        #expect(stream.lines == ["quick 2-7@1", "fox 8-11@2", "jumps 12-17@3", "over 18-22@4", "lazy 27-31@6", "dog 32-35@7"])
        #expect(stream.positionCount == 9)
    }

    @Test func stopWordsAreListedOrNamed() throws {
        let mixed = described("stop", ["stopwords": .strings(["_german_", "foo"]), "ignore_case": .string("true")])
        #expect(try analyzer(.name("whitespace"), [mixed]).tokens(of: "Der FOO und Haus").terms == ["Haus"])
        let none = described("stop", ["stopwords": .string("_none_")])
        #expect(try analyzer(.name("whitespace"), [none]).tokens(of: "the a").terms == ["the", "a"])
        let trailing = described("stop", ["remove_trailing": .string("false")])
        #expect(try analyzer(.name("whitespace"), [trailing]).tokens(of: "the fox a").terms == ["fox", "a"])
        #expect(throws: AnalysisError.unknownStopWords("_arabic_")) {
            try analyzer(.name("whitespace"), [described("stop", ["stopwords": .string("_arabic_")])])
        }
        let unknown = described("stop", ["stopwords": .string("_klingon_")])
        #expect(try analyzer(.name("whitespace"), [unknown]).tokens(of: "a _klingon_ b").terms == ["a", "b"])
    }

    @Test func keepsByLengthWordAndType() throws {
        let length = described("length", ["min": .string("2"), "max": .string("3")])
        #expect(try analyzer(.name("whitespace"), [length]).tokens(of: "a ab abc abcd").lines == ["ab 2-4@1", "abc 5-8@2"])
        let keep = described("keep", ["keep_words": .strings(["Dog", "fox"]), "keep_words_case": .string("true")])
        #expect(try analyzer(.name("whitespace"), [keep]).tokens(of: "the FOX and dog").terms == ["FOX", "dog"])
        let types = described("keep_types", ["types": .strings(["<NUM>"])])
        #expect(try analyzer(.name("standard"), [types]).tokens(of: "1 quick fox 2").terms == ["1", "2"])
    }

    @Test func uniqueOnOnePosition() throws {
        let filter = described("unique", ["only_on_same_position": .string("true")])
        #expect(try analyzer(.name("whitespace"), [.name("keyword_repeat"), .name("stemmer"), filter]).tokens(of: "foxes fox fox").terms == ["foxes", "fox", "fox", "fox"])
    }
}

struct ExpansionFiltersTests {
    @Test func piecesStandInThePlaceOfTheTerm() throws {
        let ngram = described("ngram", ["min_gram": .string("2"), "max_gram": .string("3"), "preserve_original": .string("true")])
        #expect(
            try analyzer(.name("standard"), [ngram]).tokens(of: "a quic").lines == [
                "a 0-1@0", "qu 2-6@1", "qui 2-6@1", "ui 2-6@1", "uic 2-6@1", "ic 2-6@1", "quic 2-6@1",
            ])
        let edge = described("edge_ngram", ["min_gram": .string("1"), "max_gram": .string("2"), "side": .string("back")])
        #expect(try analyzer(.name("standard"), [edge]).tokens(of: "fox").terms == ["x", "ox"])
    }

    @Test func shinglesBesideWords() throws {
        #expect(
            try analyzer(.name("whitespace"), [.name("shingle")]).tokens(of: "quick brown fox").lines == [
                "quick 0-5@0", "quick brown 0-11@0+2", "brown 6-11@1", "brown fox 6-15@1+2", "fox 12-15@2",
            ])
        let alone = described(
            "shingle", ["min_shingle_size": .string("2"), "max_shingle_size": .string("3"), "output_unigrams": .string("false")])
        #expect(
            try analyzer(.name("whitespace"), [alone]).tokens(of: "a b c").terms == ["a b", "a b c", "b c"])
    }

    @Test func shinglesShowWhatWasRemoved() throws {
        let stop = described("stop", ["stopwords": .strings(["a"])])
        #expect(
            try analyzer(.name("whitespace"), [stop, .name("shingle")]).tokens(of: "fox jumps a lazy dog").terms == [
                "fox", "fox jumps", "jumps", "jumps _", "_ lazy", "lazy", "lazy dog", "dog",
            ])
    }

    @Test func fingerprints() throws {
        #expect(
            try builtIn("fingerprint", "Yes yes, Gödel said this sentence is consistent and.") == [
                "and consistent godel is said sentence this yes"
            ])
    }

    @Test func bigramsOfCJK() throws {
        #expect(
            try analyzer(.name("standard"), [.name("cjk_bigram")]).tokens(of: "東京都は、日本 abc 人").lines == [
                "東京 0-2@0", "京都 1-3@1", "都は 2-4@2", "日本 5-7@3", "abc 8-11@4", "人 12-13@5",
            ])
        let both = described("cjk_bigram", ["output_unigrams": .string("true")])
        #expect(
            try analyzer(.name("standard"), [both]).tokens(of: "東京都").lines == [
                "東 0-1@0", "東京 0-2@0+2", "京 1-2@1", "京都 1-3@1+2", "都 2-3@2",
            ])
        let noHan = described("cjk_bigram", ["ignored_scripts": .strings(["han"])])
        #expect(try analyzer(.name("standard"), [noHan]).tokens(of: "東京 한국어").terms == ["東", "京", "한국", "국어"])
    }

    @Test func refusesShinglesOfManySizes() {
        #expect(thrownCase {
            try analyzer(.name("whitespace"), [described("shingle", ["max_shingle_size": .string("5")])])
        } == "invalidSetting")
    }
}

struct SynonymFilterTests {
    private func lines(_ rules: [String], _ text: String, graph: Bool = true, _ more: [String: SettingValue] = [:]) throws -> [String] {
        let settings = more.merging(["synonyms": .strings(rules)]) { $1 }
        return try analyzer(.name("standard"), [.name("lowercase"), described(graph ? "synonym_graph" : "synonym", settings)])
            .tokens(of: text).lines
    }

    @Test func wordsThatAreAlike() throws {
        #expect(try lines(["laptop, Notebook"], "a Laptop here") == ["a 0-1@0", "notebook 2-8@1", "laptop 2-8@1", "here 9-13@2"])
        #expect(
            try lines(["laptop, notebook"], "a laptop", graph: false) == ["a 0-1@0", "laptop 2-8@1", "notebook 2-8@1"])
    }

    @Test func oneWordBesideSeveral() throws {
        #expect(try lines(["wtf, what the"], "what the", graph: false) == ["what 0-4@0", "wtf 0-8@0+2", "the 5-8@1"])
    }

    @Test func wordsThatAreReplaced() throws {
        #expect(try lines(["i-pod, i pod => ipod"], "my i pod rocks") == ["my 0-2@0", "ipod 3-8@1", "rocks 9-14@2"])
        #expect(try lines(["foo, bar, baz"], "baz", ["expand": .string("false")]) == ["foo 0-3@0"])
    }

    @Test func graphsGivePhrasesPlacesOfTheirOwn() throws {
        #expect(
            try lines(["dns, domain name system"], "dns is fragile") == [
                "domain 0-3@0", "dns 0-3@0+3", "name 0-3@1", "system 0-3@2", "is 4-6@3", "fragile 7-14@4",
            ])
        #expect(
            try lines(["dns, domain name system"], "domain name system is fragile") == [
                "dns 0-18@0+3", "domain 0-6@0", "name 7-11@1", "system 12-18@2", "is 19-21@3", "fragile 22-29@4",
            ])
    }

    @Test func flatSynonymsShareThePlacesBehind() throws {
        #expect(
            try lines(["dns => domain name system"], "dns is fragile", graph: false) == [
                "domain 0-3@0", "name 0-3@1", "is 4-6@1", "system 0-3@2", "fragile 7-14@2",
            ])
    }

    @Test func theLongestRuleWins() throws {
        #expect(try lines(["new york => ny", "new => n"], "new york new") == ["ny 0-8@0", "n 9-12@1"])
    }

    @Test func commentsAndEscapes() throws {
        #expect(try lines(["# nothing", "", "a\\,b => c"], "a,b") == ["c 0-3@0"])
        #expect(thrownCase { try lines(["a => b => c"], "a") } == "invalidSynonymRule")
        #expect(thrownCase { try lines(["!!! => b"], "a") } == "invalidSynonymRule")
        #expect(try lines(["!!! => b", "a => c"], "a", ["lenient": .string("true")]) == ["c 0-1@0"])
    }
}

@Suite struct WordDelimiterFilterTests {
    private func lines(_ text: String, _ settings: [String: SettingValue] = [:], graph: Bool = true) throws -> [String] {
        try analyzer(.name("whitespace"), [described(graph ? "word_delimiter_graph" : "word_delimiter", settings)]).tokens(of: text).lines
    }

    @Test func cutsWhereKindsMeet() throws {
        #expect(
            try lines("IMG_1234.jpg PowerShot's end") == [
                "IMG 0-3@0", "1234 4-8@1", "jpg 9-12@2", "Power 13-18@3", "Shot 18-22@4", "end 25-28@5",
            ])
        #expect(try lines("the qu1ck", ["split_on_numerics": "false"]) == ["the 0-3@0", "qu1ck 4-9@1"])
        #expect(try lines("PowerShot XYZabc", ["split_on_case_change": "false"]) == ["PowerShot 0-9@0", "XYZabc 10-16@1"])
        #expect(try lines("a-b c-d", ["protected_words": .strings(["c-d"])]) == ["a 0-1@0", "b 2-3@1", "c-d 4-7@2"])
        #expect(try lines("-- x") == ["x 3-4@1"])
        #expect(try lines("a-b", ["adjust_offsets": "false"]) == ["a 0-3@0", "b 0-3@1"])
        #expect(try lines("a$b", ["type_table": .strings(["$ => ALPHA"])]) == ["a$b 0-3@0"])
    }

    @Test func joinsParts() throws {
        #expect(try lines("wi-fi 5", ["catenate_all": "true"]) == ["wifi 0-5@0+2", "wi 0-2@0", "fi 3-5@1", "5 6-7@2"])
        #expect(try lines("wi-fi", ["catenate_words": "1", "generate_word_parts": "0"]) == ["wifi 0-5@0"])
        #expect(try lines("wi-fi-5", ["catenate_words": "true"]) == ["wifi 0-5@0+2", "wi 0-2@0", "fi 3-5@1", "5 6-7@2"])
        #expect(try lines("wi-fi", ["preserve_original": "true"]) == ["wi-fi 0-5@0+2", "wi 0-2@0", "fi 3-5@1"])
        #expect(try lines("wi-fi", ["catenate_words": "true"], graph: false) == ["wifi 0-5@0", "wi 0-2@0", "fi 3-5@1"])
    }

    @Test(arguments: ["a => ROUND", "ab => ALPHA", "a"])
    func refusesRules(_ rule: String) {
        #expect(thrownCase { try analyzer(.name("whitespace"), [described("word_delimiter", ["type_table": .strings([rule])])]) } == "invalidSetting")
    }
}
