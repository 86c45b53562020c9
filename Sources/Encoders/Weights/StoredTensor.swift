internal import Files
internal import MatrixKernels

/// A tensor in a mapped file: nothing is read before it is asked for.
public struct StoredTensor: Sendable {
    public let name: String
    public let type: ElementType
    public let shape: [Int]
    /// The distance between neighbours along each axis, in elements.
    let strides: [Int]
    private let file: MappedFile
    private let offset: Int
    /// Elements from the first to the last that is referred to.
    private let span: Int
    /// What the integers of a quantised tensor stand for.
    private var quantisation: Quantisation?

    /// A scale and a zero point for the whole tensor, or for each index of its first axis.
    struct Quantisation {
        let scales: [Double]
        let zeroPoints: [Double]
    }

    /// More axes than any weight has.
    static let maximumRank = 8

    /// - Parameters:
    ///   - strides: Row-major if nil.
    ///   - bytes: Where the tensor may lie in the file.
    ///   - offset: Of the first element, from the beginning of `bytes`, in elements.
    /// - Throws: `WeightsError.outOfBounds` if any element lies outside `bytes`, or if elements repeat.
    init(
        name: String, type: ElementType, shape: [Int], strides: [Int]? = nil, file: MappedFile, bytes: Range<Int>,
        offset: Int = 0
    ) throws(WeightsError) {
        let outside = WeightsError.outOfBounds(file: file.path, tensor: name)
        guard shape.count <= Self.maximumRank, shape.allSatisfy({ $0 >= 0 }), offset >= 0 else { throw outside }
        guard bytes.lowerBound >= 0, bytes.upperBound <= file.count else { throw outside }
        let capacity = bytes.count / type.bytes
        guard let count = Self.product(shape), count <= capacity else { throw outside }
        let given = strides ?? Self.rowMajor(shape)
        guard given.count == shape.count, given.allSatisfy({ $0 >= 0 }) else { throw outside }
        let strides = Self.significant(given, shape)
        var last = offset
        for (size, stride) in zip(shape, strides) where count > 0 {
            let (reach, overflow) = (size - 1).multipliedReportingOverflow(by: stride)
            let (sum, tooFar) = last.addingReportingOverflow(reach)
            guard !overflow, !tooFar else { throw outside }
            last = sum
        }
        guard count == 0 || last < capacity, count <= max(0, last - offset + 1) || count == 0 else { throw outside }
        self.name = name
        self.type = type
        self.shape = shape
        self.strides = strides
        self.file = file
        self.offset = bytes.lowerBound + (count == 0 ? 0 : offset * type.bytes)
        self.span = count == 0 ? 0 : last - offset + 1
    }

    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }

    private static func product(_ shape: [Int]) -> Int? {
        var product = 1
        for size in shape {
            let (next, overflow) = product.multipliedReportingOverflow(by: size)
            guard !overflow else { return nil }
            product = next
        }
        return product
    }

    private static func rowMajor(_ shape: [Int]) -> [Int] {
        var strides = [Int](repeating: 1, count: shape.count)
        for axis in shape.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] &* max(1, shape[axis + 1]) }
        return strides
    }

    /// An axis of one element is never stepped along: its stride may be anything.
    private static func significant(_ strides: [Int], _ shape: [Int]) -> [Int] {
        zip(strides, shape).map { $1 > 1 ? $0 : 0 }
    }

    private var isContiguous: Bool {
        span == count && strides == Self.significant(Self.rowMajor(shape), shape)
    }

    /// All elements, row-major, widened to 32-bit floats. The file's own pages are given back: weights are packed once and
    /// would lie in memory twice.
    ///
    /// - Complexity: O(*count*).
    /// - Throws: `WeightsError.unsupported` for integers and 64-bit floats.
    public func floats() throws(WeightsError) -> [Float] {
        if let quantisation { return try dequantised(quantisation) }
        let format = try floatFormat()
        let stored = [Float](unsafeUninitializedCapacity: span) { output, used in
            file.withBytes(in: offset..<(offset + span * type.bytes)) {
                format.widen($0, into: UnsafeMutableBufferPointer(rebasing: output[..<span]))
            }
            used = span
        }
        file.release(offset..<(offset + span * type.bytes))
        return isContiguous ? stored : gathered(stored)
    }

    /// The same tensor, whose 8-bit integers stand for floats.
    func quantised(_ quantisation: Quantisation) throws(WeightsError) -> StoredTensor {
        let parts = quantisation.scales.count
        guard type == .i8, isContiguous, quantisation.zeroPoints.count == parts, parts > 0,
            parts == 1 || parts == shape.first
        else {
            throw .unsupported(file: file.path, .elementType(tensor: name, type: type.rawValue))
        }
        var tensor = self
        tensor.quantisation = quantisation
        return tensor
    }

    private func dequantised(_ quantisation: Quantisation) throws(WeightsError) -> [Float] {
        let width = max(1, count / quantisation.scales.count)
        return bytes().enumerated().map { index, byte in
            let row = index / width
            return Float((Double(Int8(bitPattern: byte)) - quantisation.zeroPoints[row]) * quantisation.scales[row])
        }
    }

    /// All elements of a small tensor of any type.
    func numbers() throws(WeightsError) -> [Double] {
        func loaded<Value>(_ convert: (Value) -> Double) -> [Double] where Value: BitwiseCopyable {
            file.withBytes(in: offset..<(offset + span * type.bytes)) { bytes in
                (0..<span).map { convert(bytes.loadUnaligned(fromByteOffset: $0 * type.bytes, as: Value.self)) }
            }
        }
        guard isContiguous else { throw .unsupported(file: file.path, .elementType(tensor: name, type: type.rawValue)) }
        return switch type {
        case .f64: loaded { (value: Double) in value }
        case .i64: loaded { (value: Int64) in Double(value) }
        case .i32: loaded { (value: Int32) in Double(value) }
        case .i16: loaded { (value: Int16) in Double(value) }
        case .i8: loaded { (value: Int8) in Double(value) }
        case .u8, .bool: loaded { (value: UInt8) in Double(value) }
        case .f32, .f16, .bf16: try floats().map(Double.init)
        case .u64, .u32, .u16: throw .unsupported(file: file.path, .elementType(tensor: name, type: type.rawValue))
        }
    }

    /// The stored bytes of a tensor without gaps, as they lie in the file.
    public func bytes() -> [UInt8] {
        file.withBytes(in: offset..<(offset + span * type.bytes)) { Array($0) }
    }

    private func gathered(_ stored: [Float]) -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(count)
        var index = [Int](repeating: 0, count: shape.count), position = 0
        for _ in 0..<count {
            result.append(stored[position])
            var axis = shape.count - 1
            while axis >= 0 {
                index[axis] += 1
                position += strides[axis]
                guard index[axis] == shape[axis] else { break }
                position -= strides[axis] * shape[axis]
                index[axis] = 0
                axis -= 1
            }
        }
        return result
    }

    func floatFormat() throws(WeightsError) -> FloatFormat {
        guard let format = type.floatFormat else {
            throw .unsupported(file: file.path, .elementType(tensor: name, type: type.rawValue))
        }
        return format
    }

    /// Widens row `index` of a contiguous tensor `[rows, width]` to `output`, `[width]`.
    func widen(row index: Int, format: FloatFormat, into output: UnsafeMutableBufferPointer<Float>) {
        let width = output.count, start = offset + index * width * format.bytes
        precondition(isRowMajor && shape[1] == width && index >= 0 && index < shape[0])
        file.withBytes(in: start..<(start + width * format.bytes)) { format.widen($0, into: output) }
    }

    /// Whether `widen(row:format:into:)` may be used.
    var isRowMajor: Bool { shape.count == 2 && isContiguous }
}
