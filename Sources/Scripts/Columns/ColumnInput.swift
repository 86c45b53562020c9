/// How a field's values stand in columns, for scripts that are computed of whole columns.
public enum ColumnKind: Sendable {
    case longs, doubles, booleans
    /// Milliseconds.
    case dates
    /// Of which only the number of values is known.
    case others
}

/// What a column program reads of a field, of each document.
public struct ColumnInput: Hashable, Sendable {
    /// Which number of a field's several values it is.
    public enum Part: Hashable, Sendable {
        /// The least value.
        case value
        /// How many values there are: whole numbers.
        case count
    }

    public var field: String
    public var part: Part

    public init(field: String, part: Part) {
        self.field = field
        self.part = part
    }
}

/// What some documents have in a field, in their order.
public struct ColumnValues: Sendable {
    /// The numbers, one a document.
    public enum Numbers: Sendable {
        /// Whole numbers, dates, booleans (0 and 1), and counts.
        case longs([Int64])
        case doubles([Double])
    }

    public var numbers: Numbers
    /// Whether a document has no value; empty: all have one.
    public var missing: [Bool]

    public init(_ numbers: Numbers, missing: [Bool] = []) {
        self.numbers = numbers
        self.missing = missing
    }
}

/// All that a column program computes from.
public struct ColumnInputs: Sendable {
    /// Documents.
    public var count: Int
    /// A column for each of the script's vector calls.
    public var vectors: [[Float]]
    /// A column for each of the script's `columnInputs`.
    public var fields: [ColumnValues]
    /// The query's, or none where all have the same.
    public var scores: [Float]
    public var constantScore: Float

    public init(
        count: Int, vectors: [[Float]] = [], fields: [ColumnValues] = [], scores: [Float] = [], constantScore: Float = 0
    ) {
        self.count = count
        self.vectors = vectors
        self.fields = fields
        self.scores = scores
        self.constantScore = constantScore
    }
}
