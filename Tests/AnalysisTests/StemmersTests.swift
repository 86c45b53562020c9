import Testing

@testable import Analysis

struct PorterStemmerTests {
    @Test(arguments: [
        ("caresses", "caress"), ("ponies", "poni"), ("ties", "ti"), ("cats", "cat"), ("feed", "feed"), ("agreed", "agre"),
        ("plastered", "plaster"), ("motoring", "motor"), ("sing", "sing"), ("conflated", "conflat"), ("troubled", "troubl"),
        ("sized", "size"), ("hopping", "hop"), ("falling", "fall"), ("hissing", "hiss"), ("failing", "fail"), ("filing", "file"),
        ("happy", "happi"), ("sky", "sky"), ("relational", "relat"), ("conditional", "condit"), ("digitizer", "digit"),
        ("radically", "radic"), ("vietnamization", "vietnam"), ("operator", "oper"), ("feudalism", "feudal"), ("hopefulness", "hope"),
        ("formaliti", "formal"), ("triplicate", "triplic"), ("formative", "form"), ("electrical", "electr"), ("goodness", "good"),
        ("revival", "reviv"), ("allowance", "allow"), ("adoption", "adopt"), ("effective", "effect"), ("bowdlerize", "bowdler"),
        ("probate", "probat"), ("rate", "rate"), ("cease", "ceas"), ("controll", "control"), ("roll", "roll"), ("possibly", "possibl"),
        ("archaeology", "archaeolog"), ("is", "is"), ("s", "s"), ("", ""), ("yyyy", "yyyi"), ("jumping", "jump"), ("Ünïöns", "Ünïön"),
    ])
    func stems(word: String, stem: String) {
        #expect(PorterStemmer.stem(word) == stem)
    }
}

struct SnowballStemmerTests {
    @Test(arguments: [
        ("english", "generously", "generous"), ("german", "häuser", "haus"), ("russian", "важными", "важн"), ("swedish", "klostergården", "klostergård"),
        ("turkish", "kitaplar", "kitap"), ("finnish", "edeltäjien", "edeltäj"), ("spanish", "chicharrones", "chicharron"),
    ])
    func stems(language: String, word: String, stem: String) throws {
        let filter = described("snowball", ["language": .string(language)])
        #expect(try analyzer(.name("whitespace"), [filter]).tokens(of: word).terms == [stem])
    }

    @Test func everyAnalyzerStemsAtOnce() async throws {
        let stemmer = try #require(SnowballStemmer("english"))
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<16 {
                group.addTask {
                    var tokens = (0..<200).map { Token("running\(number == $0 ? "" : "ly")", position: $0, startOffset: 0, endOffset: 0) }
                    stemmer.stem(&tokens)
                    return tokens.allSatisfy { $0.term.hasPrefix("run") }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
        #expect(SnowballStemmer("klingon") == nil)
    }

    @Test func unknownLanguagesAreRefused() {
        for type in ["stemmer", "snowball"] {
            #expect(throws: AnalysisError.unknownStemmer("klingon")) {
                try analyzer(.name("whitespace"), [described(type, ["language": .string("klingon")])])
            }
        }
    }
}

struct LightStemmersTests {
    @Test(arguments: [
        ("light_german", "häuser", "haus"), ("light_german", "kinder", "kind"), ("light_german", "schnellsten", "schnell"),
        ("light_french", "chevaux", "cheval"), ("light_french", "finissement", "fini"), ("light_french", "publications", "public"),
        ("light_spanish", "chicas", "chic"), ("light_spanish", "voces", "voz"), ("light_italian", "ragazzi", "ragazz"),
        ("light_portuguese", "aviões", "avia"), ("light_portuguese", "quilômetros", "quilometr"), ("minimal_english", "cities", "city"),
        ("minimal_english", "foxes", "foxe"), ("possessive_english", "dog's", "dog"), ("porter2", "generously", "generous"),
    ])
    func stems(language: String, word: String, stem: String) throws {
        let found = try analyzer(.name("whitespace"), [described("stemmer", ["language": .string(language)])]).tokens(of: word).terms
        #expect(found == [stem])
    }

    @Test func keywordsStay() throws {
        let marker = described("keyword_marker", ["keywords": .strings(["jumping"])])
        #expect(try analyzer(.name("whitespace"), [marker, .name("stemmer")]).tokens(of: "fox running and jumping").terms == ["fox", "run", "and", "jumping"])
        let pattern = described("keyword_marker", ["keywords_pattern": .string("j.*")])
        #expect(try analyzer(.name("whitespace"), [pattern, .name("stemmer")]).tokens(of: "running jumping").terms == ["run", "jumping"])
        let override = described("stemmer_override", ["rules": .strings(["running, runs => run", "stemmer => stemmer"])])
        #expect(try analyzer(.name("whitespace"), [override, .name("stemmer")]).tokens(of: "running stemmer").terms == ["run", "stemmer"])
    }
}
