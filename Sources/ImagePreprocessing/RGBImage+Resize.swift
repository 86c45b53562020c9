internal import CImageCodecs

/// A size in pixels.
public struct PixelSize: Sendable, Equatable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}

extension RGBImage {
    /// The middle part of this picture resized, byte for byte as Pillow 13 resizes the whole and crops it: one axis after
    /// the other, 8 bits in between, 22-bit weights. Only what the crop shows is computed.
    ///
    /// - Parameters:
    ///   - size: the size of the whole after the resize.
    ///   - crop: the size of the part, not larger than `size`; nil takes all.
    /// - Precondition: no side is empty.
    /// - Complexity: O(needed input) plus O(output), each times the filter's width.
    public func resized(
        to size: PixelSize, centreCrop crop: PixelSize? = nil, filter: ResampleFilter = .bicubic
    ) -> RGBImage {
        let part = crop ?? size
        precondition(part.width > 0 && part.height > 0 && part.width <= size.width && part.height <= size.height)
        let left = (size.width - part.width) / 2, top = (size.height - part.height) / 2
        let horizontal = ResampleAxis(input: width, output: size.width, range: left..<(left + part.width), filter: filter)
        let vertical = ResampleAxis(input: height, output: size.height, range: top..<(top + part.height), filter: filter)
        // Pillow takes the vertical pass first where it shrinks the picture by more than twice as much. The order shows,
        // because each pass rounds.
        if height - size.height > 2 * max(0, width - size.width) {
            let columns = horizontal.needed
            let flat = resampledColumns(vertical, columns: columns)
            return flat.resampledRows(horizontal.moved(origin: columns.lowerBound), rows: 0..<part.height)
        }
        let rows = vertical.needed
        let narrow = resampledRows(horizontal, rows: rows)
        return narrow.resampledColumns(vertical.moved(origin: rows.lowerBound), columns: 0..<part.width)
    }

    /// The horizontal pass over some of the rows.
    private func resampledRows(_ axis: ResampleAxis, rows: Range<Int>) -> RGBImage {
        let count = axis.outputs * rows.count * 3
        let result = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            pixels.withUnsafeBufferPointer { source in
                let first = source.baseAddress.map { $0 + rows.lowerBound * width * 3 }
                axis.withUnsafeAxis { cimage_resample_rows(first, width, rows.count, $0, target.baseAddress) }
            }
            initialized = count
        }
        return RGBImage(width: axis.outputs, height: rows.count, pixels: result)
    }

    /// The vertical pass over some of the columns.
    private func resampledColumns(_ axis: ResampleAxis, columns: Range<Int>) -> RGBImage {
        let count = axis.outputs * columns.count * 3
        let result = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            pixels.withUnsafeBufferPointer { source in
                let first = source.baseAddress.map { $0 + columns.lowerBound * 3 }
                axis.withUnsafeAxis {
                    cimage_resample_columns(first, width * 3, columns.count * 3, $0, target.baseAddress)
                }
            }
            initialized = count
        }
        return RGBImage(width: columns.count, height: axis.outputs, pixels: result)
    }
}
