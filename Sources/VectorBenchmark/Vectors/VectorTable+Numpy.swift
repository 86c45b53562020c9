public import Files

/// Why a NumPy file cannot be used.
public enum NumpyError: FileErrorWrapping, Equatable, Sendable {
    case file(FileError)
    case notNumpy(path: String)
    /// Not `<f2` or `<f4`.
    case unsupportedType(path: String, descriptor: String)
    case fortranOrder(path: String)
    /// Not two dimensions, or empty.
    case unsupportedShape(path: String, shape: [Int])
    /// Fewer bytes than the shape says.
    case truncated(path: String)
}

extension VectorTable {
    /// Reads a two-dimensional array of a NumPy `.npy` file (format 1.0–3.0; NumPy's `numpy.lib.format` reference):
    /// float16 or float32, little-endian, C order, widened to Float.
    ///
    /// - Parameter limit: read at most this many rows.
    public init(numpyFile path: String, limit: Int? = nil) throws(NumpyError) {
        let bytes = try NumpyError.wrapping(File.contents(of: path))
        guard bytes.count >= 10, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else { throw .notNumpy(path: path) }
        let lengthBytes = bytes[6] == 1 ? 2 : 4
        guard bytes.count >= 8 + lengthBytes else { throw .truncated(path: path) }
        let headerLength = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
        let start = 8 + lengthBytes + headerLength
        guard bytes.count >= start else { throw .truncated(path: path) }
        let header = String(decoding: bytes[(8 + lengthBytes)..<start], as: UTF8.self)

        guard let descriptor = Self.value(of: "descr", in: header),
            let order = Self.value(of: "fortran_order", in: header),
            let shapeText = Self.value(of: "shape", in: header)
        else { throw .notNumpy(path: path) }
        let type = descriptor.filter { $0 != "'" && $0 != "\"" }
        guard let width = ["<f2": 2, "<f4": 4][type] else { throw .unsupportedType(path: path, descriptor: type) }
        guard order == "False" else { throw .fortranOrder(path: path) }
        let shape = shapeText.split { !$0.isNumber }.compactMap { Int($0) }
        guard shape.count == 2, shape[0] > 0, shape[1] > 0 else { throw .unsupportedShape(path: path, shape: shape) }

        let (count, overflow) = shape[0].multipliedReportingOverflow(by: shape[1])
        guard !overflow, count <= (bytes.count - start) / width else { throw .truncated(path: path) }
        let rows = min(shape[0], max(0, limit ?? shape[0]))
        let wanted = rows * shape[1]
        let values = bytes.withUnsafeBytes { raw in
            [Float](unsafeUninitializedCapacity: wanted) { out, initialized in
                for index in 0..<wanted {
                    let offset = start + index * width
                    out[index] =
                        width == 4
                        ? raw.loadUnaligned(fromByteOffset: offset, as: Float.self)
                        : Self.widen(raw.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
                }
                initialized = wanted
            }
        }
        self.init(rows: rows, columns: shape[1], values: values)
    }

    /// IEEE 754 binary16 to binary32.
    static func widen(_ half: UInt16) -> Float {
        let sign: Float = half & 0x8000 == 0 ? 1 : -1
        let exponent = Int(half >> 10 & 0x1f)
        let fraction = UInt32(half & 0x3ff)
        switch exponent {
        case 0: return sign * Float(fraction) * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * Float(bitPattern: UInt32(exponent + 112) << 23 | fraction << 13)
        }
    }

    /// The text of a header entry: up to the next comma outside parentheses.
    private static func value(of key: String, in header: String) -> String? {
        guard let range = header.firstRange(of: "'\(key)':") else { return nil }
        var depth = 0
        let rest = header[range.upperBound...].prefix { character in
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            return character != "}" && (character != "," || depth > 0)
        }
        return String(rest.filter { !$0.isWhitespace })
    }
}
