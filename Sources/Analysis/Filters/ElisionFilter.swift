/// Removes articles that are written with an apostrophe: `l'avion` becomes `avion`.
struct ElisionFilter: TokenFilter {
    var articles: Set<String>
    var ignoresCase = false

    static let french: Set<String> = ["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"]
    static let italian: Set<String> = [
        "c", "l", "all", "dall", "dell", "nell", "sull", "coll", "pell", "gl", "agl", "dagl", "degl", "negl", "sugl", "un", "m", "t",
        "s", "v", "d",
    ]
    static let catalan: Set<String> = ["d", "l", "m", "n", "s", "t"]
    static let irish: Set<String> = ["d", "m", "b"]

    func apply(to stream: inout TokenStream) {
        for index in stream.tokens.indices {
            let scalars = stream.tokens[index].term.unicodeScalars
            guard let mark = scalars.firstIndex(where: { $0 == "'" || $0 == "\u{2019}" }) else { continue }
            let article = String(scalars[..<mark])
            guard articles.contains(ignoresCase ? article.simplyLowercased : article) else { continue }
            stream.tokens[index].term = String(scalars[scalars.index(after: mark)...])
        }
    }
}
