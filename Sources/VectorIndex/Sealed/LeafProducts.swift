internal import CVectorKernels
internal import MatrixKernels
internal import Synchronization

/// Products of points, block by block. A prepared one may be shared by others, which only read its layer.
final class LeafProducts: @unchecked Sendable {
    /// Rows that are multiplied at once: the products stay in the cache.
    private static let blockRows = 128

    private let engine = MatrixEngine(threads: 1)
    private let input: Matrix
    private let output: Matrix
    private var layer: Linear?
    /// The prepared points' components.
    private var rows: [Float] = []

    init() throws(VectorIndexError) {
        do throws(MatrixError) {
            input = try Matrix()
            output = try Matrix()
        } catch {
            throw .outOfMemory
        }
    }

    /// With the same points on one side.
    convenience init(sharing other: LeafProducts) throws(VectorIndexError) {
        try self.init()
        layer = other.layer
    }

    /// Puts `points` on one side: keys are ⟨x, y⟩ − |y|² / 2, greater for the nearer y.
    func prepare(_ points: [UInt32], in space: LeafNeighbours) throws(VectorIndexError) {
        let width = space.width
        let halves = points.map { -space.halves[Int($0)] }
        let weights = [Float](unsafeUninitializedCapacity: points.count * width) { out, count in
            for (index, point) in points.enumerated() {
                let row = UnsafeMutableBufferPointer(rebasing: out[index * width..<(index + 1) * width])
                space.write(point, into: row)
            }
            count = points.count * width
        }
        rows = weights
        do throws(MatrixError) {
            layer = try Linear(
                engine, Precision.standard, weights: weights, bias: halves, outputs: points.count, inputs: width)
        } catch {
            throw .outOfMemory
        }
    }

    /// Gives `body` each point's keys of all the leaf's points.
    func eachRow(
        of leaf: [UInt32], with space: LeafNeighbours, _ body: (Int, UnsafeMutableBufferPointer<Float>) -> Void
    ) throws(VectorIndexError) {
        try prepare(leaf, in: space)
        let width = space.width
        try eachRow(
            count: leaf.count,
            write: { index, row in
                for column in 0..<width { row[column] = rows[index * width + column] }
            }, body)
    }

    /// Gives `body` each point's keys of all prepared ones.
    func eachRow(
        of points: [UInt32], in space: LeafNeighbours, _ body: (Int, UnsafeMutableBufferPointer<Float>) -> Void
    ) throws(VectorIndexError) {
        try eachRow(count: points.count, write: { space.write(points[$0], into: $1) }, body)
    }

    private func eachRow(
        count: Int, write: (Int, UnsafeMutableBufferPointer<Float>) -> Void,
        _ body: (Int, UnsafeMutableBufferPointer<Float>) -> Void
    ) throws(VectorIndexError) {
        guard let layer else { return }
        do throws(MatrixError) {
            for start in stride(from: 0, to: count, by: Self.blockRows) {
                let block = min(Self.blockRows, count - start)
                try input.reshape(rows: block, columns: layer.inputs)
                try output.reshape(rows: block, columns: layer.outputs)
                for row in 0..<block { input.withRow(row) { write(start + row, $0) } }
                try layer(input, into: output)
                for row in 0..<block { output.withRow(row) { body(start + row, $0) } }
            }
        } catch {
            throw .outOfMemory
        }
    }
}
