internal import FieldIndex
internal import JSON
internal import Mapping
internal import Ordinals
internal import Query
internal import Shards

/// Finds the inputs of a `completion` field that begin as asked, the greatest weights first.
struct CompletionFinder {
    struct Found {
        var entry: CompletionEntry
        var score: Float
        var matched: [CompletionEntry.Context]
        var document: ScoredDocument
    }

    let suggestion: Suggestion
    let suggester: CompletionSuggester
    let targets: [SearchTarget]

    /// - Throws: `IndicesError.planning`.
    func find() throws -> [Found] {
        var found: [Found] = []
        for (number, target) in targets.enumerated() { found += try find(target, number) }
        found.sort {
            ($1.score, $0.entry.input, $0.document.shard, $0.document.ordinal)
                < ($0.score, $1.entry.input, $1.document.shard, $1.document.ordinal)
        }
        var texts = Set<String>()
        var inputs = Set<DocumentInput>()
        return Array(
            found.filter { option in
                if suggester.skipsDuplicates { return texts.insert(option.entry.input).inserted }
                // One input of a document counts once, whatever its contexts.
                let document = option.document
                return inputs.insert(
                    DocumentInput(shard: document.shard, ordinal: document.ordinal, text: option.entry.input)
                ).inserted
            }.prefix(suggestion.size))
    }

    private struct DocumentInput: Hashable {
        var shard: Int
        var ordinal: UInt32
        var text: String
    }

    private func find(_ target: SearchTarget, _ number: Int) throws -> [Found] {
        func refuse(_ problem: SuggestProblem) -> IndicesError {
            .planning(.suggest(problem), index: target.index.name, uuid: target.index.metadata.uuid)
        }
        guard let field = target.mapping.field(suggestion.field) else { throw refuse(.fieldNotMapped(suggestion.field)) }
        guard let contexts = field.completionContexts else { throw refuse(.notACompletionField(suggestion.field)) }
        let wanted = suggester.contexts.flatMap { Self.values($0, contexts) }
        if !contexts.isEmpty, wanted.isEmpty { throw refuse(.contextsMissing) }
        let words: String
        if case .regexp = suggester.matching {
            words = suggestion.text
        } else {
            words = field.completionPrefix(of: suggestion.text) ?? ""
            if words.isEmpty { return [] }
        }
        var test: Matcher
        do throws(PlanningError) {
            test = try Matcher(suggester.matching, words, field: suggestion.field)
        } catch {
            throw IndicesError.planning(error, index: target.index.name, uuid: target.index.metadata.uuid)
        }
        let fields = target.view.fields
        var found: [Found] = []
        for term in fields.terms(withPrefix: test.literalPrefix, limit: .max, in: suggestion.field) {
            guard let entry = CompletionEntry(term: term), test.accepts(entry.words) else { continue }
            var score = Float(entry.weight)
            var matched: [CompletionEntry.Context] = []
            if !contexts.isEmpty {
                let fitting = wanted.filter { wanted in entry.contexts.contains { wanted.accepts($0) } }
                guard let boost = fitting.map(\.boost).max() else { continue }
                score = Float(entry.weight == 0 ? 1 : entry.weight) * Float(boost)
                matched = entry.contexts.filter { context in fitting.contains { $0.accepts(context) } }
            }
            let documents = fields.documents(withAnyOf: [term], in: suggestion.field).intersection(target.view.documents)
            for ordinal in documents {
                found.append(
                    Found(
                        entry: entry, score: score, matched: matched,
                        document: ScoredDocument(shard: number, ordinal: ordinal, score: score)))
            }
        }
        return found
    }

    // MARK: Contexts

    private struct Wanted {
        var name: String
        var values: Set<String>
        var boost: Int
        var isPrefix: Bool

        func accepts(_ context: CompletionEntry.Context) -> Bool {
            guard context.name == name else { return false }
            if values.contains(context.value) { return true }
            return isPrefix && values.contains { context.value.hasPrefix($0) || $0.hasPrefix(context.value) }
        }
    }

    private static func values(_ wanted: CompletionSuggester.WantedContext, _ contexts: [CompletionContext]) -> [Wanted] {
        guard let context = contexts.first(where: { $0.name == wanted.name }),
            let document = try? JSONDocument(parsing: wanted.value.serialized())
        else { return [] }
        var values = Set(context.values(document.root))
        var isPrefix = wanted.isPrefix
        if case .geo(let precision) = context.kind {
            isPrefix = true
            let element = document.root.object?["context"] ?? document.root
            // Neighbours of the cell count too, as nothing says where in it the place is.
            if let point = try? GeoPoint(element) { values.formUnion(point.geohashes(around: precision)) }
        }
        return values.isEmpty ? [] : [Wanted(name: wanted.name, values: values, boost: wanted.boost, isPrefix: isPrefix)]
    }

    // MARK: Prefixes

    private struct Matcher {
        let literalPrefix: String
        private let words: String
        private let edits: Int
        private let fuzzy: CompletionSuggester.FuzzyPrefix
        private var pattern: TermTest?

        init(_ matching: CompletionSuggester.Matching, _ words: String, field: String) throws(PlanningError) {
            switch matching {
            case .prefix: (literalPrefix, self.words, edits, fuzzy) = (words, words, 0, .init())
            case .regexp(let names, let maximumStates):
                (literalPrefix, self.words, edits, fuzzy) = ("", words, 0, .init())
                guard let flags = RegexpFlags(names: names) else { throw .unknownRegexpFlag(names) }
                do {
                    // The whole is read as one, so that it cannot end the brackets.
                    _ = try TermPattern.regexp(words, flags: flags, maximumStates: maximumStates)
                    pattern = try TermPattern.regexp("(\(words))(.|\n)*", flags: flags, maximumStates: maximumStates).test
                } catch {
                    throw .malformedPattern(field: field, error)
                }
            case .fuzzy(let fuzzy):
                self.fuzzy = fuzzy
                self.words = Self.counted(words, fuzzy)
                edits = self.words.unicodeScalars.count < fuzzy.minimumLength ? 0 : fuzzy.fuzziness.edits(for: self.words)
                var prefix = String.UnicodeScalarView()
                for scalar in words.unicodeScalars {
                    let longer = prefix + [scalar]
                    guard Self.counted(String(longer), fuzzy).unicodeScalars.count <= fuzzy.prefixLength else { break }
                    prefix = longer
                }
                literalPrefix = edits == 0 ? words : String(prefix)
            }
        }

        /// The text, or where bytes are counted, a character for each.
        private static func counted(_ text: String, _ fuzzy: CompletionSuggester.FuzzyPrefix) -> String {
            if fuzzy.isUnicodeAware || text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
            return String(String.UnicodeScalarView(text.utf8.map { Unicode.Scalar($0) }))
        }

        mutating func accepts(_ text: String) -> Bool {
            if pattern != nil { return pattern?.accepts(text) ?? false }
            if edits == 0 { return true }
            // Some beginning of the text is near enough.
            let scalars = Array(Self.counted(text, fuzzy).unicodeScalars), length = words.unicodeScalars.count
            let shortest = max(0, length - edits), longest = min(scalars.count, length + edits)
            guard shortest <= longest else { return false }
            let query = FuzzyQuery(
                field: "", term: words, edits: edits, prefixLength: fuzzy.prefixLength, allowsTranspositions: fuzzy.allowsTranspositions)
            return (shortest...longest).contains { query.accepts(String(String.UnicodeScalarView(scalars.prefix($0)))) }
        }
    }
}
