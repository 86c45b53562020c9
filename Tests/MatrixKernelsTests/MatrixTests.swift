import MatrixKernels
import Testing

@Suite struct MatrixTests {
    @Test func startsWithZerosAndKeepsItsMemory() throws {
        let matrix = try Matrix(rows: 2, columns: 3)
        #expect(matrix.elements == [0, 0, 0, 0, 0, 0])
        try matrix.reshape(rows: 3, columns: 2)
        #expect((matrix.rows, matrix.columns) == (3, 2))
        try matrix.reshape(rows: 0, columns: 5)
        #expect(matrix.elements == [])
    }

    @Test func refusesWhatNoMemoryHolds() throws {
        #expect(throws: MatrixError.outOfMemory) { try Matrix(rows: .max, columns: 2) }
        let matrix = try Matrix()
        #expect(throws: MatrixError.self) { try matrix.reshape(rows: 1 << 50, columns: 1 << 10) }
        #expect(matrix.elements == [])
    }
}
