import ImagePreprocessing
import TestSupport
import Testing

@testable import Server

@Suite struct PictureLoaderTests {
    /// Whatever a document says that it is: a picture by its first bytes, or nothing.
    @Test func onlyPicturesAreLoaded() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3])
        let loader = PictureLoader(roots: PictureRoots([folder.path]))
        for reference in ["data:image/png;base64,AAEC", "a.jpg"] {
            await #expect(throws: ImageError.self, "\(reference)") { try await loader.picture(reference) }
        }
        await #expect(throws: (any Error).self) { try await loader.picture("b.jpg") }
    }
}
