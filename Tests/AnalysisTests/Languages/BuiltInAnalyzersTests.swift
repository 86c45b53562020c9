import Testing

@testable import Analysis

struct BuiltInAnalyzersTests {
    private static let sentence = "The 2 QUICK Brown-Foxes jumped over the lazy dog's bone."

    @Test(arguments: [
        ("standard", ["the", "2", "quick", "brown", "foxes", "jumped", "over", "the", "lazy", "dog's", "bone"]),
        ("simple", ["the", "quick", "brown", "foxes", "jumped", "over", "the", "lazy", "dog", "s", "bone"]),
        ("whitespace", ["The", "2", "QUICK", "Brown-Foxes", "jumped", "over", "the", "lazy", "dog's", "bone."]),
        ("stop", ["quick", "brown", "foxes", "jumped", "over", "lazy", "dog", "s", "bone"]),
        ("keyword", [sentence]),
        ("pattern", ["the", "2", "quick", "brown", "foxes", "jumped", "over", "the", "lazy", "dog", "s", "bone"]),
        ("english", ["2", "quick", "brown", "fox", "jump", "over", "lazi", "dog", "bone"]),
    ])
    func analyses(name: String, terms: [String]) throws {
        #expect(try builtIn(name, Self.sentence) == terms)
    }

    @Test(arguments: [
        ("german", "Die schönen Häuser der Straßen", ["schon", "haus", "strass"]), ("french", "L'éléphant dans les journaux", ["elephant", "journal"]),
        ("spanish", "Las casas de los chicos", ["cas", "chic"]), ("italian", "Dell'amico e della ragazza", ["amico", "ragazz"]),
        ("portuguese", "Os meninos e as casinhas", ["menin", "casinh"]), ("dutch", "De kinderen en fietsen", ["kinder", "fiets"]),
        ("swedish", "Jag och hundarna", ["hund"]), ("norwegian", "Jeg og hundene", ["hund"]), ("danish", "Jeg og hundene", ["hund"]),
        ("finnish", "minä ja talot", ["talo"]), ("russian", "и красивые дома", ["красив", "дом"]), ("hungarian", "a házak és", ["ház"]),
        ("romanian", "copiii și casele", ["copii", "cas"]), ("turkish", "Türkiye'nin KITAPLARI ve", ["türki", "kıtap"]),
        ("cjk", "東京タワー the", ["東京", "京タ", "タワ", "ワー"]),
    ])
    func analysesByLanguage(name: String, text: String, terms: [String]) throws {
        let found = try builtIn(name, text)
        #expect(found == terms)
    }

    @Test func ideographsStandAlone() throws {
        #expect(try builtIn("standard", "日本語テスト 한국어") == ["日", "本", "語", "テスト", "한국어"])
    }

    @Test func everyOneIsThere() {
        for name in ["standard", "simple", "whitespace", "stop", "keyword", "pattern", "fingerprint", "snowball", "cjk"] + BuiltInAnalyzers.languages.keys {
            #expect(BuiltInAnalyzers.all[name]?.name == name)
        }
        for name in ["kuromoji", "smartcn", "nori", "icu_analyzer", "thai"] { #expect(BuiltInAnalyzers.all[name] == nil) }
    }
}
