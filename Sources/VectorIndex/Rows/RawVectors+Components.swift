extension RawVectors {
    /// A row's components as a comparison of floats takes them: of unit length under cosine; of bits, 0 or 1 for each
    /// dimension, so that the squared euclidean distance is how many differ.
    ///
    /// Floats are not copied: what is returned is the row itself, valid as long as these vectors are. The others are
    /// written to `buffer`, which has room for all dimensions, and are valid as long as that is.
    ///
    /// - Parameters:
    ///   - ordinal: one below `rows.count` with a vector. Its checksum is not looked at.
    ///   - rows: what `rows` gave.
    /// - Complexity: O(1) for floats, else O(dimensions).
    func components(
        of ordinal: UInt32, in rows: Rows, buffer: UnsafeMutableBufferPointer<Float>
    ) -> UnsafeBufferPointer<Float> {
        let row = rows.base + Int(ordinal) * header.rowBytes
        let dimensions = header.dimensions
        if header.elementType == .float {
            return UnsafeBufferPointer(start: row.assumingMemoryBound(to: Float.self), count: dimensions)
        }
        precondition(buffer.count >= dimensions, "a buffer that is too small")
        if header.elementType == .bit {
            for dimension in 0..<dimensions {
                let byte = row.load(fromByteOffset: dimension >> 3, as: UInt8.self)
                buffer[dimension] = Float(byte >> UInt8(7 - dimension & 7) & 1)
            }
        } else {
            let scale = header.metric.normalises ? 1 / magnitude(of: row) : 1
            for dimension in 0..<dimensions { buffer[dimension] = component(dimension, of: row) * scale }
        }
        return UnsafeBufferPointer(start: buffer.baseAddress, count: dimensions)
    }

    /// A component as it stands in the row; of bits, a byte.
    func component(_ index: Int, of row: UnsafeRawPointer) -> Float {
        switch header.elementType {
        case .float: row.load(fromByteOffset: 4 * index, as: Float.self)
        case .bfloat16: BFloat16.value(row.load(fromByteOffset: 2 * index, as: UInt16.self))
        case .byte, .bit: Float(row.load(fromByteOffset: index, as: Int8.self))
        }
    }

    func magnitude(of row: UnsafeRawPointer) -> Float {
        row.load(fromByteOffset: header.rowBytes - 8, as: Float.self)
    }
}
