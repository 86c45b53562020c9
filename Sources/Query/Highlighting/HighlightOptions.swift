/// What holds for one field: its own settings, else those for all, else Elasticsearch's defaults.
struct HighlightOptions: Equatable, Sendable {
    enum Kind: String {
        case unified, plain
        /// The chunks of semantic fields.
        case semantic
        case fastVector = "fvh"
    }

    let kind: Kind
    let preTags: [String]
    let postTags: [String]
    let fragmentSize: Int
    let fragmentCount: Int
    let fragmentOffset: Int
    let isOrderedByScore: Bool
    let noMatchSize: Int
    let requiresFieldMatch: Bool
    let matchedFields: [String]
    let encodesHTML: Bool
    let boundaryScanner: Highlight.BoundaryScanner
    let boundaryCharacters: Set<UInt16>
    let boundaryScan: Int
    let splitsSpans: Bool
    let analyzedLimit: Int?
    /// Of `fvh`: so many matches are looked at.
    let phraseLimit: Int
    let query: Query?

    init(_ own: Highlight.Settings, _ all: Highlight.Settings, field: String) throws(HighlightProblem) {
        let type = own.type ?? all.type ?? Kind.unified.rawValue
        guard let kind = Kind(rawValue: type) else { throw .unknownType(type, field: field) }
        self.kind = kind
        preTags = own.preTags ?? all.preTags ?? ["<em>"]
        postTags = own.postTags ?? all.postTags ?? ["</em>"]
        fragmentSize = own.fragmentSize ?? all.fragmentSize ?? 100
        fragmentCount = own.fragmentCount ?? all.fragmentCount ?? 5
        fragmentOffset = own.fragmentOffset ?? all.fragmentOffset ?? 6
        isOrderedByScore = own.isOrderedByScore ?? all.isOrderedByScore ?? false
        noMatchSize = own.noMatchSize ?? all.noMatchSize ?? 0
        requiresFieldMatch = own.requiresFieldMatch ?? all.requiresFieldMatch ?? true
        matchedFields = own.matchedFields ?? []
        encodesHTML = own.encodesHTML ?? all.encodesHTML ?? false
        boundaryScanner = own.boundaryScanner ?? all.boundaryScanner ?? (kind == .fastVector ? .chars : .sentence)
        boundaryCharacters = Set((own.boundaryCharacters ?? all.boundaryCharacters ?? ".,!? \t\n").utf16)
        boundaryScan = own.boundaryScan ?? all.boundaryScan ?? 20
        let fragmenter = own.fragmenter ?? all.fragmenter ?? "span"
        guard fragmenter == "span" || fragmenter == "simple" else { throw .unknownFragmenter(fragmenter, field: field) }
        splitsSpans = fragmenter == "simple"
        analyzedLimit = own.analyzedLimit ?? all.analyzedLimit
        phraseLimit = own.phraseLimit ?? all.phraseLimit ?? 256
        query = own.query ?? all.query
        if kind == .unified {
            if boundaryScanner == .chars, fragmentCount > 0 { throw .boundaryNotSupported(boundaryScanner) }
            if !requiresFieldMatch, !matchedFields.isEmpty { throw .matchedFieldsNeedFieldMatch }
        }
        if kind == .fastVector, fragmentCount > 0, fragmentSize < max(1, 3 * fragmentOffset) {
            throw .fragmentTooSmall(fragmentSize, minimum: max(1, 3 * fragmentOffset))
        }
    }

    /// A part of a text as it stands in an answer.
    func encoded(_ text: ArraySlice<UInt16>) -> String {
        let string = String(decoding: text, as: UTF16.self)
        guard encodesHTML else { return string }
        var escaped = ""
        for character in string.unicodeScalars {
            switch character {
            case "\"": escaped += "&quot;"
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "'": escaped += "&#x27;"
            case "/": escaped += "&#x2F;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    func marked(_ text: ArraySlice<UInt16>, tag: Int = 0) -> String {
        (preTags.isEmpty ? "" : preTags[tag % preTags.count]) + encoded(text)
            + (postTags.isEmpty ? "" : postTags[tag % postTags.count])
    }
}
