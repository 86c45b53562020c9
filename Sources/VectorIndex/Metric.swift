/// How near two vectors are. Raw values are Elasticsearch's names for a `dense_vector`'s `similarity`.
///
/// Three quantities are told apart: the *raw* value (cosine, inner product, or euclidean distance), which clients
/// state in `similarity` cut-offs; the *score*, greater for nearer and never negative, which they see; and the graph's
/// distance, smaller for nearer, which does not leave this module.
public enum Metric: String, CaseIterable, Sendable {
    case cosine
    case dotProduct = "dot_product"
    case euclidean = "l2_norm"
    case maximumInnerProduct = "max_inner_product"

    /// The score of a raw value, by the formulas of Elasticsearch's `dense_vector` reference:
    /// (1 + s) / 2 for cosine and dot product, 1 / (1 + d²) for l2_norm, and for max_inner_product m + 1, or
    /// 1 / (1 − m) where m is negative.
    public func score(raw: Float) -> Float {
        switch self {
        case .cosine, .dotProduct: max(0, (1 + raw) / 2)
        case .euclidean: 1 / (1 + raw * raw)
        case .maximumInnerProduct: raw < 0 ? 1 / (1 - raw) : raw + 1
        }
    }

    /// The same where two element types have formulas of their own: 0.5 + s / (32768 · dimensions) for dot_product of
    /// bytes, and (dimensions − h) / dimensions for bits, h being how many differ.
    public func score(raw: Float, elementType: ElementType, dimensions: Int) -> Float {
        switch (self, elementType) {
        case (.dotProduct, .byte): 0.5 + raw / Float(dimensions * 32_768)
        case (_, .bit): (Float(dimensions) - raw) / Float(dimensions)
        default: score(raw: raw)
        }
    }

    /// Whether a raw value passes the cut-off: at least as much for cosine and products, at most for a distance.
    public func passes(raw: Float, similarity: Float) -> Bool {
        self == .euclidean ? raw <= similarity : raw >= similarity
    }

    /// Whether a vector's length says nothing.
    var normalises: Bool { self == .cosine }

    func raw(graphDistance: Float, elementType: ElementType = .float) -> Float {
        switch self {
        case .euclidean where elementType == .bit: graphDistance
        case .cosine: min(1, max(-1, -graphDistance))
        case .dotProduct, .maximumInnerProduct: -graphDistance
        case .euclidean: max(0, graphDistance).squareRoot()
        }
    }

    /// The number that files know this metric by.
    var code: UInt32 {
        switch self {
        case .cosine: 0
        case .dotProduct: 1
        case .euclidean: 2
        case .maximumInnerProduct: 3
        }
    }
}
