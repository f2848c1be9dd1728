"""Teams on one side, dialogs on the other. The only package that knows the SDK and the web."""
