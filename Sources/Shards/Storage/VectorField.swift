internal import Mapping
internal import VectorIndex

/// How a vector field is laid out on disk: what the first document's mapping said.
struct VectorFieldDefinition: Equatable, Sendable {
    var field: String
    var dimensions: Int
    var metric: Metric
    /// Nil: no graph, every search compares all.
    var graph: Graph?
    var elementType: ElementType
    var quantization: Quantization

    struct Graph: Equatable, Sendable {
        var m: Int
        var efConstruction: Int
    }

    init(
        field: String, dimensions: Int, metric: Metric, graph: Graph?, elementType: ElementType = .float,
        quantization: Quantization = .none
    ) {
        self.field = field
        self.dimensions = dimensions
        self.metric = metric
        self.graph = graph
        self.elementType = elementType
        self.quantization = quantization
    }

    init(field: String, options: DenseVectorOptions, dimensions: Int) {
        let index = options.indexOptions
        let hasGraph = options.isIndexed && index.type.isGraph
        self.init(
            field: field, dimensions: dimensions,
            metric: Metric(options),
            graph: hasGraph ? Graph(m: max(2, index.links), efConstruction: index.constructionCandidates) : nil,
            elementType: ElementType(options.elementType),
            quantization: options.isIndexed ? Quantization(index.type.quantization) : .none)
    }

    func configuration() throws(VectorIndexError) -> VectorIndexConfiguration {
        try VectorIndexConfiguration(
            dimensions: dimensions, metric: metric,
            kind: graph.map { .hnsw(m: $0.m, efConstruction: $0.efConstruction) } ?? .flat, elementType: elementType,
            quantization: quantization)
    }

    /// Longer escaped names end in a hash instead: file systems take 255 bytes.
    private static let maximumNameBytes = 200

    /// The directory's name: the field's, with everything but letters, digits, `-`, `_` and inner dots escaped.
    var directoryName: String {
        let hexadecimal = Array("0123456789abcdef".utf8)
        var name: [UInt8] = []
        for byte in field.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                name.append(byte)
            case UInt8(ascii: ".") where !name.isEmpty: name.append(byte)
            default: name += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            }
        }
        let whole = String(decoding: name, as: UTF8.self)
        return name.count <= Self.maximumNameBytes ? whole : whole.prefix(Self.maximumNameBytes) + "%" + hash
    }

    /// The field's name by FNV-1a, in hexadecimal.
    private var hash: String {
        let hash = field.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

/// A vector field with its open index.
struct VectorField: Sendable {
    var definition: VectorFieldDefinition
    var index: VectorIndex
}

extension Metric {
    init(_ options: DenseVectorOptions) {
        switch options.similarity {
        // What is not indexed is only read by scripts, and takes any vector.
        case _ where !options.isIndexed && options.elementType != .bit: self = .maximumInnerProduct
        case .cosine: self = .cosine
        case .dotProduct: self = .dotProduct
        case .l2Norm: self = .euclidean
        case .maxInnerProduct: self = .maximumInnerProduct
        }
    }
}

extension ElementType {
    init(_ type: VectorElementType) {
        switch type {
        case .float: self = .float
        case .bfloat16: self = .bfloat16
        case .byte: self = .byte
        case .bit: self = .bit
        }
    }
}

extension Quantization {
    init(_ quantization: VectorQuantization) {
        switch quantization {
        case .none: self = .none
        case .int8: self = .int8
        case .int4: self = .int4
        case .bit: self = .bit
        }
    }
}
