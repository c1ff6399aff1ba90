// Sorting and filtering of score tables. Runs again after each instant navigation.
document$.subscribe(() => {});
