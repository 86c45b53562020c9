import MatrixKernels
import Testing

@Suite struct TableTests {
    @Test func rowsAreAddedAndCopied() throws {
        let table = Table([10, 20, 30, 40], rows: 2, columns: 2)
        let matrix = try Matrix([1, 2, 3, 4], rows: 2, columns: 2)
        matrix.add(row: 1, of: table, to: 0)
        matrix.copy(row: 0, of: table, to: 1)
        #expect(matrix.elements == [31, 42, 10, 20])
    }
}
