internal import FieldIndex
internal import Mapping
internal import Scripts

/// Reads `index.similarity.<name>.*`.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/index-settings/similarity
enum SimilaritySettings {
    static let prefix = "index.similarity."

    /// - Parameter settings: all of an index's, by full key.
    /// - Throws: `IndicesError.invalidSetting`.
    static func registry(_ settings: [String: String]) throws(IndicesError) -> SimilarityRegistry {
        var groups: [String: [String: String]] = [:]
        for (key, value) in settings where key.hasPrefix(prefix) {
            let parts = key.dropFirst(prefix.count).split(separator: ".", maxSplits: 1)
            groups[String(parts[0]), default: [:]][parts.count > 1 ? String(parts[1]) : ""] = value
        }
        var own: [String: Similarity] = [:]
        var countingOverlaps = Set<String>()
        for (name, members) in groups.sorted(by: { $0.key < $1.key }) {
            guard SimilarityRegistry.builtIn[name] == nil else {
                throw invalid(name, "type", "Cannot redefine built-in Similarity [\(name)]")
            }
            let reader = Reader(name: name, members: members)
            own[name] = try reader.similarity()
            if try !reader.discountsOverlaps() { countingOverlaps.insert(name) }
        }
        return SimilarityRegistry(own, countingOverlaps: countingOverlaps)
    }

    fileprivate static func invalid(_ name: String, _ member: String, _ reason: String) -> IndicesError {
        .invalidSetting(key: prefix + name + "." + member, value: "", reason: reason)
    }
}

private struct Reader {
    let name: String
    let members: [String: String]

    func similarity() throws(IndicesError) -> Similarity {
        guard let type = members["type"] else {
            throw SimilaritySettings.invalid(name, "type", "Similarity [\(name)] must have an associated type")
        }
        switch type {
        case "BM25":
            try check(type, ["k1", "b", "discount_overlaps"])
            let k1 = try number("k1", BM25.k1), b = try number("b", BM25.b)
            guard k1.isFinite, k1 >= 0 else {
                throw invalid("k1", "illegal k1 value: \(k1), must be a non-negative finite value")
            }
            guard b >= 0, b <= 1 else { throw invalid("b", "illegal b value: \(b), must be between 0 and 1") }
            return .bm25(k1: k1, b: b)
        case "boolean":
            try check(type, [])
            return .boolean
        case "LMDirichlet":
            try check(type, ["mu", "discount_overlaps"])
            return .dirichlet(mu: try number("mu", 2000))
        case "LMJelinekMercer":
            try check(type, ["lambda", "discount_overlaps"])
            let lambda = try number("lambda", 0.1)
            guard lambda > 0, lambda <= 1 else { throw invalid("lambda", "lambda must be in the range (0..1]") }
            return .jelinekMercer(lambda: lambda)
        case "DFI":
            try check(type, ["independence_measure", "discount_overlaps"])
            return .divergenceFromIndependence(try choice("independence_measure", "IndependenceMeasure"))
        case "DFR":
            try check(type, ["basic_model", "after_effect", "discount_overlaps"] + Self.normalizations)
            return .divergenceFromRandomness(
                try choice("basic_model", "BasicModel"), try choice("after_effect", "AfterEffect"), try normalization())
        case "IB":
            try check(type, ["distribution", "lambda", "discount_overlaps"] + Self.normalizations)
            return .information(
                try choice("distribution", "Distribution"), try choice("lambda", "Lambda"), try normalization())
        case "classic":
            throw invalid(
                "type",
                "The [classic] similarity may not be used anymore. Please use the [BM25] similarity or build a custom [scripted] "
                    + "similarity instead.")
        case "scripted":
            try check(type, ["script.source", "script.lang", "weight_script.source", "weight_script.lang", "discount_overlaps"])
            return .scripted(try scripted())
        default: throw invalid("type", "Unknown Similarity type [\(type)]")
        }
    }

    private static let normalizations = [
        "normalization", "normalization.h1.c", "normalization.h2.c", "normalization.h3.c", "normalization.z.z",
    ]

    private func normalization() throws(IndicesError) -> Similarity.LengthNormalization {
        switch members["normalization"] {
        case "no": return .none
        case "h1": return .uniform(c: try number("normalization.h1.c", 1))
        case "h2": return .logarithmic(c: try number("normalization.h2.c", 1))
        case "h3": return .dirichlet(mu: try number("normalization.h3.c", 800))
        case "z": return .pareto(z: try number("normalization.z.z", 0.3))
        case let other:
            throw invalid("normalization", "Unsupported Normalization [\(other ?? "null")]")
        }
    }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ member: String, _ what: String
    ) throws(IndicesError) -> Choice {
        if let choice = members[member].flatMap(Choice.init(rawValue:)) { return choice }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw invalid(member, "Unsupported \(what) [\(members[member] ?? "null")], expected one of [\(known)]")
    }

    private func number(_ member: String, _ standard: Float) throws(IndicesError) -> Float {
        guard let text = members[member] else { return standard }
        guard let number = Float(text), number.isFinite else {
            throw invalid(member, "Failed to parse value [\(text)] for setting [\(SimilaritySettings.prefix)\(name).\(member)]")
        }
        return number
    }

    private func scripted() throws(IndicesError) -> ScriptedSimilarity {
        for member in ["script.lang", "weight_script.lang"] {
            guard let language = members[member], language != "painless" else { continue }
            throw invalid(member, "script_lang not supported [\(language)]")
        }
        guard let source = members["script.source"] else {
            throw invalid("script", "must specify either [source] for an inline script or [id] for a stored script")
        }
        do {
            return try ScriptedSimilarity(source: source, weightSource: members["weight_script.source"])
        } catch {
            throw invalid("script", "the script of similarity [\(name)] failed: \(error.fault)")
        }
    }

    /// Lengths are counted when documents are indexed: tokens in one place once, or each.
    func discountsOverlaps() throws(IndicesError) -> Bool {
        switch members["discount_overlaps"] {
        case nil, "true": return true
        case "false": return false
        case let other?:
            throw invalid("discount_overlaps", "Failed to parse value [\(other)] as only [true] or [false] are allowed.")
        }
    }

    private func check(_ type: String, _ known: [String]) throws(IndicesError) {
        let unknown = Set(members.keys).subtracting(known).subtracting(["type"])
        guard let first = unknown.min() else { return }
        throw invalid(first, "Unknown settings for similarity of type [\(type)]: [\(unknown.sorted().joined(separator: ", "))]")
    }

    private func invalid(_ member: String, _ reason: String) -> IndicesError {
        SimilaritySettings.invalid(name, member, reason)
    }
}
