internal import FieldIndex
internal import Mapping

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
        for (name, members) in groups.sorted(by: { $0.key < $1.key }) {
            guard SimilarityRegistry.builtIn[name] == nil else {
                throw invalid(name, "type", "Cannot redefine built-in Similarity [\(name)]")
            }
            own[name] = try Reader(name: name, members: members).similarity()
        }
        return SimilarityRegistry(own)
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
            try requireDiscount()
            return .bm25(k1: k1, b: b)
        case "boolean":
            try check(type, [])
            return .boolean
        case "LMDirichlet":
            try check(type, ["mu", "discount_overlaps"])
            try requireDiscount()
            return .dirichlet(mu: try number("mu", 2000))
        case "LMJelinekMercer":
            try check(type, ["lambda", "discount_overlaps"])
            try requireDiscount()
            let lambda = try number("lambda", 0.1)
            guard lambda > 0, lambda <= 1 else { throw invalid("lambda", "lambda must be in the range (0..1]") }
            return .jelinekMercer(lambda: lambda)
        case "DFI":
            try check(type, ["independence_measure", "discount_overlaps"])
            try requireDiscount()
            return .divergenceFromIndependence(try choice("independence_measure", "IndependenceMeasure"))
        case "DFR":
            try check(type, ["basic_model", "after_effect", "discount_overlaps"] + Self.normalizations)
            try requireDiscount()
            return .divergenceFromRandomness(
                try choice("basic_model", "BasicModel"), try choice("after_effect", "AfterEffect"), try normalization())
        case "IB":
            try check(type, ["distribution", "lambda", "discount_overlaps"] + Self.normalizations)
            try requireDiscount()
            return .information(
                try choice("distribution", "Distribution"), try choice("lambda", "Lambda"), try normalization())
        case "classic":
            throw invalid(
                "type",
                "The [classic] similarity may not be used anymore. Please use the [BM25] similarity or build a custom [scripted] "
                    + "similarity instead.")
        case "scripted":
            throw invalid("type", "Similarity [\(name)] of type [scripted] is not supported")
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

    /// Lengths are counted when documents are indexed, tokens in one place once, whatever similarity comes to read them.
    private func requireDiscount() throws(IndicesError) {
        switch members["discount_overlaps"] {
        case nil, "true": return
        case "false": throw invalid("discount_overlaps", "[discount_overlaps] of similarity [\(name)] can only be [true]")
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
